// Package comparison turns answers to “which of these two works is better?” into an order of the works, says how sure
// each place is, how far each judge agrees with the others, which pair to ask next, and when it is enough.
//
// # Model
//
// A judge j puts work l above work r with chance 1/(1+exp(−αj(θl−θr))) (Bradley and Terry 1952; with the judge's
// discrimination αj as in Chen, Bennett, Collins-Thompson and Horvitz, "Pairwise ranking aggregation in a crowdsourced
// setting", 2013). Equal answers are half an answer for each side. Qualities θ are drawn from a normal of mean 0 and a
// spread τ that is learned, so that a work which won all its few pairs has no infinite quality; log αj is drawn from a
// normal of mean 0 and deviation 0.35, so that a judge at random counts for less once they have said enough.
//
// Values are the joint mode, found by Newton's method; τ is found by expectation and maximisation over the normal
// approximation at the mode (Laplace), whose covariance gives the errors. Places, their intervals and the chances of a
// cut line are counted over draws from that normal, with a seed that never changes: same answers, same bytes.
//
// # What to ask next
//
// The pair whose answer is expected to tell most (the variance of the difference times p(1−p), which is the information
// of one answer; Lindley 1956, Pollitt 2012 for scripts) where it matters: a work whose side of a cut line is open
// counts for more. Works that were seen least come first, no judge is asked the same pair twice, and a work stands on
// the left and on the right about equally often. Pollitt's adaptive pairs are known to make reliability look better
// than it is (Bramley 2015): chosen pairs are alike, so agreement is judged here by the errors of the model with a
// learned spread, not by the spread of the estimates.
//
// # What it costs
//
// By simulation (TestFewerLooksForTheSameOrder: 24 works, 6 judges who see quality with an error of .7 of its spread,
// 12 contests; share of the true first five that are found):
//
//	looks a work    pairs chosen here    any pairs    marks, severity differing by .4
//	 4              .70                  .50          .82
//	 8              .82                  .60          .87
//	12              .85                  .68          .87
//
// Chosen pairs need a third of the looks of any pairs. They do not beat marks, of which each says more than one answer:
// they are for the few works at a line that marks leave open, and for what nobody can mark.
package comparison
