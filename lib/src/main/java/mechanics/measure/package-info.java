/**
 * Floor 3: what can be measured of a network, at one moment or along a run. Curvature:
 * {@link mechanics.measure.Lanczos}, {@link mechanics.measure.HessianTrace},
 * {@link mechanics.measure.SpectralDensity}. Kernels: {@link mechanics.measure.AnalyticKernel},
 * {@link mechanics.measure.KernelAlignment}, {@link mechanics.measure.KernelDistance}.
 */
package mechanics.measure;
