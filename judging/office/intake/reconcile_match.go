package intake

import (
	"slices"

	"fayi/judging"
	"fayi/judging/media/match"
	"fayi/judging/office/internal/records"
)

// knownWorks are the works that files are matched to.
type knownWorks struct {
	works []judging.Work
	byID  map[judging.WorkID]int
	byKey map[string]int // KeyHash; -1 where several works have it
	sums  map[string]int // of all files that works have -> the work; -1 where several have one
}

func newKnownWorks(works []judging.Work) knownWorks {
	k := knownWorks{
		works: works,
		byID:  make(map[judging.WorkID]int, len(works)),
		byKey: make(map[string]int, len(works)),
		sums:  map[string]int{},
	}
	for i, w := range works {
		k.byID[w.ID] = i
		for _, f := range w.Files {
			if other, twice := k.sums[f.Sum]; twice && other != i {
				k.sums[f.Sum] = -1
				continue
			}
			k.sums[f.Sum] = i
		}
		key := records.KeyHash(w.Key())
		if _, twice := k.byKey[key]; twice {
			k.byKey[key] = -1
			continue
		}
		k.byKey[key] = i
	}
	return k
}

func (k knownWorks) rows() []match.Row {
	rows := make([]match.Row, len(k.works))
	for i, w := range k.works {
		rows[i] = match.Row{
			Number:   w.Number,
			Title:    w.Title,
			Authors:  w.Authors,
			FileName: w.FileName,
			Category: w.Category,
			Units:    []string{w.Unit, w.Sender},
			Teachers: w.Teachers,
			From:     w.Source.File,
			Files:    len(w.Judged()),
		}
	}
	return rows
}

// candidates says of each file what was decided of it before.
func (k knownWorks) candidates(files []Arrival, settled map[string]settlement) []match.Candidate {
	out := make([]match.Candidate, len(files))
	for i, f := range files {
		out[i] = match.Candidate{Path: f.Path}
		if row, there := k.sums[f.File.Sum]; there && row >= 0 {
			out[i].Bound = []int{row} // nothing changes for a file that has its place
			continue
		}
		s, decided := settled[f.ID]
		if !decided {
			continue
		}
		if row, ok := k.of(s); ok {
			out[i].Bound = []int{row}
		}
		for _, key := range s.Not {
			if row, ok := k.byKey[key]; ok && row >= 0 {
				out[i].Not = append(out[i].Not, row)
			}
		}
	}
	return out
}

// of finds the work that a person gave a file to: by its identity, or by what identifies it when it came in again.
func (k knownWorks) of(s settlement) (int, bool) {
	if s.Work == "" {
		return 0, false
	}
	if row, ok := k.byID[s.Work]; ok {
		return row, true
	}
	row, ok := k.byKey[s.Key]
	return row, ok && row >= 0
}

// pathAndSize is how a file is known whose bytes were not read.
type pathAndSize struct {
	path  string
	bytes int64
}

// byPathAndSize finds what was decided of files by their path and size; where two bear the same, neither.
func byPathAndSize(all map[string]settlement) map[pathAndSize]settlement {
	out := make(map[pathAndSize]settlement, len(all))
	for _, s := range all {
		at := pathAndSize{s.Path, s.Bytes}
		if _, twice := out[at]; twice {
			s = settlement{}
		}
		out[at] = s
	}
	return out
}

// hasSum reports whether a work has a file of these bytes.
func hasSum(w judging.Work, sum string) bool {
	return slices.ContainsFunc(w.Files, func(f judging.File) bool { return f.Sum == sum })
}
