/**
 * Floor 3: what can be measured of a network, as a function of its present state and as an
 * {@link mechanics.training.Observable} along a run.
 *
 * <p>Curvature, from products with the Hessian alone: {@link mechanics.measure.Sharpness},
 * {@link mechanics.measure.HessianTrace}, {@link mechanics.measure.SpectralDensity}; the method behind the first is
 * {@link mechanics.measure.Lanczos}, for any {@link mechanics.measure.SymmetricOperator}. Kernels:
 * {@link mechanics.measure.TangentKernel} of a network, {@link mechanics.measure.AnalyticKernel} of its limit of
 * infinite width, {@link mechanics.measure.KernelAlignment}, {@link mechanics.measure.KernelDistance}. What training
 * changes: {@link mechanics.measure.Movement}, {@link mechanics.measure.Representation},
 * {@link mechanics.measure.LayerNorms}. How alike two representations are: {@link mechanics.measure.Cka},
 * {@link mechanics.measure.CanonicalCorrelation}, {@link mechanics.measure.ShapeDistance},
 * {@link mechanics.measure.RepresentationalSimilarity}, {@link mechanics.measure.MutualNeighbors},
 * {@link mechanics.measure.SoftMatching}, {@link mechanics.measure.Stitching},
 * {@link mechanics.measure.RelativeRepresentation}; how many dimensions one has:
 * {@link mechanics.measure.ParticipationRatio}. Noise: {@link mechanics.measure.GradientNoise}. A two-layer network as
 * a set of neurons: {@link mechanics.measure.ReluNeurons}. Exponents: {@link mechanics.measure.PowerLawFit}.
 */
package mechanics.measure;
