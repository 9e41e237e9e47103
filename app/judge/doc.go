// Package judge is the scoring desk: a judge's list of works, and one work next to its ballot. The work is shown by
// app/judge/viewer, the ballot filled in by app/judge/form, the list counted by app/judge/tally. It talks to
// judging.Ballots only, so that it is the same desk at the organiser's laptop, over a packet and over the local
// network.
//
// It promises that “saved” is shown only for what Save has acknowledged, that marks stay on the screen when saving
// fails, that no score changes without the judge's yes, and that at most one picture is held at full size: the
// works around the one shown are read ahead at the size of the screen. It shows codes, titles, kinds and sizes; no
// author, file name or other judge ever reaches it.
package judge
