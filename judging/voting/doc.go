// Package voting is how judges speak in a round where they give no marks: they say yes or no to each work, or spread
// a number of votes over a list. It knows the numbers of such a round, what a judge may not do with them, and nothing
// of a contest.
package voting
