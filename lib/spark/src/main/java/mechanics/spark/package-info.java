/** Sweeps on a cluster of Apache Spark, for those who outgrow one machine. Optional: nothing else depends on it. */
package mechanics.spark;
