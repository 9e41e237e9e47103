// Package filelist says which files a contest refers to, of every kind that it keeps. Whoever checks, fetches, heals or
// hands over the files of a contest asks here, so that none of them forgets a kind.
package filelist

import (
	"fayi/judging/office/duplicates"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/votelists"
	"fayi/judging/office/review"
	"fayi/judging/office/sending"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// kind is one kind of file.
type kind struct {
	sums func(store.Tx) ([]string, error)
	made bool // again, when it is asked for: one that is gone is no loss
}

var kinds = []kind{
	{sums: records.FileSums},            // of works, in all their versions
	{sums: intake.ArrivalSums},          // that came in, also those that belong to no work yet
	{sums: records.ReplySums},           // replies of packets
	{sums: votelists.Sums},              // lists of votes of an audience
	{sums: sending.HeldSums},            // what units sent, until it is cleared
	{sums: duplicates.LookSums},         // what is shown of works of other contests
	{sums: formSums},                    // forms of superiors
	{sums: review.CopySums, made: true}, // judges' copies
}

// formSums are those of the forms that superiors gave.
func formSums(tx store.Tx) (sums []string, err error) {
	err = records.Superiors.Each(tx, func(s superior.Settings) error {
		if s.Sum != "" {
			sums = append(sums, s.Sum)
		}
		return nil
	})
	return sums, err
}

// Every lists the sums of all files to which a contest refers, each once.
func Every(tx store.Tx) ([]string, error) { return list(tx, func(string) bool { return true }) }

// Kept is Every without those that are made again when they are asked for and of which has says that they are not here.
func Kept(tx store.Tx, has func(sum string) bool) ([]string, error) { return list(tx, has) }

func list(tx store.Tx, made func(sum string) bool) (out []string, err error) {
	seen := map[string]bool{}
	for _, k := range kinds {
		sums, err := k.sums(tx)
		if err != nil {
			return nil, err
		}
		for _, sum := range sums {
			if !seen[sum] && (!k.made || made(sum)) {
				seen[sum] = true
				out = append(out, sum)
			}
		}
	}
	return out, nil
}
