/** Trials at many points: in parallel, kept, resumed, loaded. */
package mechanics.lab.sweeps;
