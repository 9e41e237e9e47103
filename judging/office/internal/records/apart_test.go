package records

import (
	"slices"
	"testing"
)

// TestNamesakesAreToldApart takes judges of whom seven have one name: two with a unit of their own, two who share
// one, three without any.
func TestNamesakesAreToldApart(t *testing.T) {
	var s Status
	for _, j := range [][2]string{
		{"王伟", ""}, {"李静", "县文化馆"}, {"王伟", "县文化馆"}, {"王伟", "县书协"}, {"王伟", ""}, {"王伟", "教育局"},
		{"王伟", "教育局"}, {"王伟", ""},
	} {
		s.Judges = append(s.Judges, JudgeStatus{Name: j[0], unit: j[1]})
	}
	s.tellApart()
	var got []string
	for _, j := range s.Judges {
		got = append(got, j.Call)
	}
	want := []string{"王伟", "李静", "王伟（县文化馆）", "王伟（县书协）", "王伟-2", "王伟-3", "王伟-4", "王伟-5"}
	if !slices.Equal(got, want) {
		t.Errorf("called %q, want %q", got, want)
	}
	slices.Sort(got)
	if len(slices.Compact(got)) != len(s.Judges) {
		t.Error("two are called the same")
	}
}
