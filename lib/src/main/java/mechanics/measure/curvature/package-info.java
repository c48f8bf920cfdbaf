/**
 * Curvature of the loss, from products with the Hessian alone: {@link mechanics.measure.curvature.Sharpness},
 * {@link mechanics.measure.curvature.HessianTrace}, {@link mechanics.measure.curvature.SpectralDensity}.
 */
package mechanics.measure.curvature;
