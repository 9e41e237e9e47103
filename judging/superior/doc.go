// Package superior holds what the county owes to the offices above: which works are reported to them, how many, under
// which file names, and what was said of each.
//
// It promises that a choice keeps within the quotas, and that a later batch knows what an earlier one said, so that
// what no longer holds is corrected. It will not write files: judging/office/report does.
package superior
