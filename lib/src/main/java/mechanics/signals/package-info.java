/** Statistics of images: spectra, wavelets, sparse codes, independent components and Gabor filters. */
package mechanics.signals;
