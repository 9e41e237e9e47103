package judging

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// ID names the version among those of its score: its mark or, for one stored before scores had marks, a hash of what
// it says.
func (v ScoreVersion) ID() string {
	if v.Mark != "" {
		return v.Mark
	}
	return "v" + hashOf(said(v.Ballot), v.At.UTC().Format(time.RFC3339Nano), v.By, string(v.Source), v.File)
}

// ContentMark derives a mark for a statement that came without one, from what it says, what it was made on and where
// it belongs: the same statement read twice has the same mark.
func (b Ballot) ContentMark(of ...string) string {
	return "d" + hashOf(said(b), append([]string{b.Base}, of...)...)
}

// said is what the hashes cover: fixed, so that a field added to Ballot later leaves the IDs of old versions as they
// are.
func said(b Ballot) any {
	return struct {
		Code       WorkCode
		State      BallotState
		Marks      map[string]float64
		Total      float64
		Confidence int
		Comment    string
		Reason     string
		Flags      []Flag
		FlagNote   string
	}{b.Code, b.State, maps.Clone(b.Marks), b.Total, b.Confidence, b.Comment, b.Reason, b.Flags, b.FlagNote}
}

func hashOf(said any, more ...string) string {
	h := sha256.New()
	e := json.NewEncoder(h) // the only values that can't be written, NaN and infinities, never pass Complete
	_ = e.Encode(said)
	_ = e.Encode(more)
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// Same reports whether two ballots say the same of their work. Code, mark and base are not said.
func (b Ballot) Same(o Ballot) bool {
	return b.State == o.State && b.Total == o.Total && b.Confidence == o.Confidence && b.Comment == o.Comment &&
		b.Reason == o.Reason &&
		b.FlagNote == o.FlagNote && slices.Equal(b.Flags, o.Flags) &&
		maps.Equal(b.Marks, o.Marks)
}

// Blank reports whether the ballot says nothing.
func (b Ballot) Blank() bool {
	return (b.State == Open || b.State == "") && len(b.Marks) == 0 && b.Total == 0 && b.Confidence == 0 &&
		b.Comment == "" && b.Reason == "" &&
		len(b.Flags) == 0 &&
		b.FlagNote == ""
}

// Over returns what old becomes when b is said over it and a blank says nothing: whatever b leaves blank stays as it
// was. State and Total are for Complete to settle.
func (b Ballot) Over(old Ballot) Ballot {
	out := old
	out.Code, out.Mark, out.Base = b.Code, b.Mark, b.Base
	out.Marks, out.Flags = maps.Clone(old.Marks), slices.Clone(old.Flags)
	switch {
	case b.putAside():
		out.State = b.State
		if b.State != Skipped || len(b.Marks) > 0 || b.Total != 0 {
			out.Marks, out.Total = maps.Clone(b.Marks), b.Total
		}
	case len(b.Marks) > 0:
		out.State, out.Reason, out.Total = Open, keptReason(old), 0
		if out.Marks == nil {
			out.Marks = map[string]float64{}
		}
		maps.Copy(out.Marks, b.Marks)
	case b.Total != 0 && (old.putAside() || Exact(b.Total) != Exact(old.Total)):
		out.State, out.Reason, out.Total, out.Marks = Open, keptReason(old), b.Total, nil
	}
	if b.Confidence != 0 {
		out.Confidence = b.Confidence
	}
	if len(b.Flags) > 0 {
		out.Flags = slices.Clone(b.Flags)
	}
	for _, text := range []struct {
		to   *string
		said string
	}{{&out.Comment, b.Comment}, {&out.Reason, b.Reason}, {&out.FlagNote, b.FlagNote}} {
		if text.said != "" {
			*text.to = text.said
		}
	}
	return out
}

// putAside reports whether the work was put off or given back unscored.
func (b Ballot) putAside() bool {
	return b.State == Skipped || b.State == Abstained || b.State == Recused
}

// keptReason is the reason that stays when a work is scored: that of an abstention goes with it.
func keptReason(old Ballot) string {
	if old.putAside() {
		return ""
	}
	return old.Reason
}

// AddsTo reports whether b says all that old says and only fills in what old left blank, so that nothing is lost by
// taking it.
func (b Ballot) AddsTo(old Ballot) bool {
	for name, mark := range old.Marks {
		if now, kept := b.Marks[name]; !kept || Exact(now) != Exact(mark) {
			return false
		}
	}
	if len(old.Marks) == 0 && old.Total != 0 && Exact(b.Total) != Exact(old.Total) {
		return false
	}
	if old.State == Abstained || old.State == Recused || old.State == Scored {
		if b.State != old.State {
			return false
		}
	} else if old.State == Started && b.putAside() {
		return false
	}
	for _, f := range old.Flags {
		if !slices.Contains(b.Flags, f) {
			return false
		}
	}
	fills := func(now, was string) bool { return was == "" || now == was }
	return (old.Confidence == 0 || b.Confidence == old.Confidence) && fills(b.Comment, old.Comment) &&
		fills(b.FlagNote, old.FlagNote) &&
		(old.State == Skipped || fills(b.Reason, old.Reason))
}
