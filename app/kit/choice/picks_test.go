package choice_test

import (
	"slices"
	"testing"

	"fayi/app/kit/choice"
	"fayi/app/kit/kittest"
)

func TestPicksTellWhatAPersonChoosesInTheirOwnOrder(t *testing.T) {
	sh := kittest.New(t)
	options := []choice.Option{{Key: "sf", Title: "书法"}, {Key: "hh", Title: "绘画"}, {Key: "sy", Title: "摄影"}}
	var heard [][]string
	picks := choice.NewPicks(options, []string{"sy"}, func(keys []string) { heard = append(heard, keys) })
	sh.Put(picks)
	kittest.Tap(t, picks, "书法")
	kittest.Tap(t, picks, "摄影")
	want := [][]string{{"sf", "sy"}, {"sf"}}
	if !slices.EqualFunc(heard, want, slices.Equal) {
		t.Errorf("heard %v, want %v", heard, want)
	}
	picks.Choose([]string{"sy", "hh", "none"})
	if got := picks.Chosen(); !slices.Equal(got, []string{"hh", "sy"}) || len(heard) != 2 {
		t.Errorf("chosen %v, heard %v", got, heard)
	}
}
