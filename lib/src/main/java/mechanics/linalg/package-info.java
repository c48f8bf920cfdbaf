/** Floor 0: the thin seam to native linear algebra, seeds and threads. */
package mechanics.linalg;
