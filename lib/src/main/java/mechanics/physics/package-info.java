/**
 * Table 1: systems of physics that play the part of a twin to a theory of learning. Each runs, and each has a
 * closed form to be checked against. Imports nothing from the packages of sections 2.1–2.5, and they nothing from here.
 */
package mechanics.physics;
