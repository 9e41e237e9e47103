package choice_test

import (
	"slices"
	"testing"

	"fayi/app/kit/choice"
	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
)

func TestSegmentsTellOnlyWhatChanges(t *testing.T) {
	sh := kittest.New(t)
	var got []string
	s := choice.NewSegments([]choice.Option{{
		Key:   "list",
		Title: "列表",
	}, {
		Key:   "pic",
		Title: "图",
	}}, "list", func(k string) { got = append(got, k) })
	root := sh.Put(lay.Row(0, s))
	kittest.Tap(t, root, "列表")
	kittest.Tap(t, root, "图")
	s.Choose("list")
	if !slices.Equal(got, []string{"pic"}) || s.Chosen() != "list" {
		t.Errorf("told %v, chosen %s", got, s.Chosen())
	}
}
