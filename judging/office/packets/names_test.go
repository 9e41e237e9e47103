package packets

import (
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/office/scoring"
)

// TestEachPacketIsCalledByItsJudgeAndNoOther takes judges of whom three have one name.
func TestEachPacketIsCalledByItsJudgeAndNoOther(t *testing.T) {
	var judges []scoring.JudgeStatus
	for _, j := range [][2]string{{"j001", "王伟"}, {"j002", "李静"}, {"j003", "王伟"}, {"j004", "王伟"}} {
		var s scoring.JudgeStatus
		s.Judge, s.Name = judging.JudgeID(j[0]), j[1]
		judges = append(judges, s)
	}
	calls := Calls(judges)
	var got []string
	for _, j := range judges {
		got = append(got, calls[j.Judge])
	}
	if want := []string{"王伟", "李静", "王伟-2", "王伟-3"}; !slices.Equal(got, want) {
		t.Errorf("called %q, want %q", got, want)
	}
}
