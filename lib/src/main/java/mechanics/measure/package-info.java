/**
 * What can be measured of a network, as a function of its present state and as an
 * {@link mechanics.training.Observable} along a run. Kernels: {@link mechanics.measure.TangentKernel},
 * {@link mechanics.measure.KernelAlignment}, {@link mechanics.measure.KernelDistance}. What training changes:
 * {@link mechanics.measure.Movement}, {@link mechanics.measure.LayerNorms}; what it keeps:
 * {@link mechanics.measure.ConservedCharge}. Noise: {@link mechanics.measure.GradientNoise}.
 */
package mechanics.measure;
