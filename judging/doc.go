// Package judging holds the nouns and rules of a creative contest: works, judges, rubrics, ballots, scores, places
// and awards.
//
// It is the domain and nothing else: no files, clock, randomness, store or window. Everything here is a value or a
// pure function, so that the organiser's program, a judge's packet and a test compute alike. Amounts of points are
// float64 in the rubric's own scale (usually 0-100) and are compared and rounded exactly, in ten-thousandths of a
// point (see Points).
//
// The way through: Rules say how a contest runs. An Intake brings Works. Judges are kept from works they are bound
// to by Conflicts. A Plan gives each judge a Roster. A judge fills a Ballot for each work; stored with its history
// it is a Score. Rank turns scores into Placings, and Decide turns places into Grants of awards. Each change leaves
// an Entry in the journal, chained by hashes.
package judging
