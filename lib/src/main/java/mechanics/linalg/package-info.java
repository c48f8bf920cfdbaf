/**
 * Numbers in memory and the fast operations on them. {@link mechanics.linalg.Array} is a flat vector in
 * single or double precision, {@link mechanics.linalg.Blas} the matrix product, {@link mechanics.linalg.Elementary}
 * the vectorized exponential and its kin, {@link mechanics.linalg.Lanczos} the eigenvalues of a matrix that is known by
 * its products alone.
 *
 * <p>Loops on numbers are written in double precision, in files named {@code DoubleX.java}; the build makes their twins
 * {@code FloatX.java} from them, word by word, under {@code target/generated-sources/float} (the rules stand in the
 * library's {@code pom.xml}). A line that ends in the comment {@code both: double} stays in double precision in the twin,
 * and a cast {@code (double)} becomes the place where the twin rounds.
 */
package mechanics.linalg;
