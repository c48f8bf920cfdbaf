/** Estimates with their errors, fits, resampling and tests. Knows no networks. */
package mechanics.statistics;
