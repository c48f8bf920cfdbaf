/**
 * Floor 0: numbers in memory and the fast operations on them. {@link mechanics.linalg.Array} is a flat vector in
 * single or double precision, {@link mechanics.linalg.Blas} the matrix product, {@link mechanics.linalg.Elementary}
 * the vectorized exponential and its kin, {@link mechanics.linalg.Seed} the one source of randomness.
 */
package mechanics.linalg;
