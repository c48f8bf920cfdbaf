/**
 * Numbers in memory and the fast operations on them. {@link mechanics.linalg.Array} is a flat vector in
 * single or double precision, {@link mechanics.linalg.Blas} the matrix product, {@link mechanics.linalg.Elementary}
 * the vectorized exponential and its kin, {@link mechanics.linalg.Lanczos} the eigenvalues of a matrix that is known by
 * its products alone.
 */
package mechanics.linalg;
