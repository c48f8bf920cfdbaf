/**
 * Learners of this laboratory, of Tribuo and of Smile behind one small interface: a {@link mechanics.learners.Learner} is
 * trained on samples and gives a {@link mechanics.learners.Fitted}. {@link mechanics.learners.Tribuo} and
 * {@link mechanics.learners.Smile} make learners of what the libraries have, and hand any learner, such as a
 * {@link mechanics.learners.NetworkLearner}, to the libraries' own validation and ensembles.
 */
package mechanics.learners;
