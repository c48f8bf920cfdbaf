/**
 * Kernels as matrices and functions: {@link mechanics.kernels.AnalyticKernel} of infinitely wide networks,
 * {@link mechanics.kernels.KernelRegression}, their {@linkplain mechanics.kernels.KernelModes modes} and
 * {@linkplain mechanics.kernels.KernelSpectrum spectra}.
 */
package mechanics.kernels;
