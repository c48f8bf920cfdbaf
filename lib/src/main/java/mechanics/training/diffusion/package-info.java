/** Denoisers, how they are trained and how images are made with them. */
package mechanics.training.diffusion;
