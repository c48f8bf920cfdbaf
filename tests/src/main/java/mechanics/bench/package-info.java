/** {@code lab bench}: the library's own speed, beside PyTorch's on the same machine in the same run. */
package mechanics.bench;
