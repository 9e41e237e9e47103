package judging_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fayi/judging"
)

var moments = rapid.Map(rapid.Int64Range(0, 4_000_000_000_000_000_000), func(n int64) time.Time {
	return time.Unix(0, n).In(time.FixedZone("CST", 8*3600))
})

var valuesJSON = rapid.Map(messy, func(s string) json.RawMessage {
	data, _ := json.Marshal(map[string]string{"值<&>": s})
	return data
})

var entries = rapid.Custom(func(t *rapid.T) judging.Entry {
	return judging.Entry{
		At: moments.Draw(t, "at"), By: messy.Draw(t, "by"), Verb: messy.Draw(t, "verb"), Of: messy.Draw(t, "of"),
		Before: valuesJSON.Draw(t, "before"), After: valuesJSON.Draw(t, "after"),
	}
})

// chains draws a sealed journal of two to eight lines.
var chains = rapid.Map(rapid.SliceOfN(entries, 2, 8), func(list []judging.Entry) []judging.Entry {
	var prev judging.Entry
	for i, e := range list {
		list[i] = e.Seal(prev)
		prev = list[i]
	}
	return list
})

// broken returns the first line that does not follow the one before it, -1 when all do.
func broken(list []judging.Entry) int {
	var prev judging.Entry
	for i, e := range list {
		if !e.Follows(prev) {
			return i
		}
		prev = e
	}
	return -1
}

func TestSealedLinesFollowEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := chains.Draw(t, "journal")
		if i := broken(list); i >= 0 {
			t.Fatalf("line %d does not follow", i+1)
		}
		for i, e := range list {
			if e.Seq != i+1 || len(e.Hash) != 64 {
				t.Fatalf("line %d has number %d and hash %q", i+1, e.Seq, e.Hash)
			}
		}
	})
}

func TestEveryAlterationBreaksTheChain(t *testing.T) {
	alter := map[string]func(*judging.Entry){
		"seq":    func(e *judging.Entry) { e.Seq++ },
		"at":     func(e *judging.Entry) { e.At = e.At.Add(time.Nanosecond) },
		"by":     func(e *judging.Entry) { e.By += "x" },
		"on":     func(e *judging.Entry) { e.On += "x" },
		"verb":   func(e *judging.Entry) { e.Verb += "x" },
		"of":     func(e *judging.Entry) { e.Of += "x" },
		"before": func(e *judging.Entry) { e.Before = json.RawMessage(`{"other":1}`) },
		"after":  func(e *judging.Entry) { e.After = nil },
		"sums":   func(e *judging.Entry) { e.Sums = map[string]string{"score/x": "0"} },
		"prev":   func(e *judging.Entry) { e.Prev += "0" },
		"hash":   func(e *judging.Entry) { e.Hash = e.Hash[1:] + "g" },
	}
	if fields := reflect.TypeFor[judging.Entry]().NumField(); fields != len(alter) {
		t.Fatalf("an entry has %d fields, the test alters %d", fields, len(alter))
	}
	for name, change := range alter {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				list := chains.Draw(t, "journal")
				i := rapid.IntRange(0, len(list)-1).Draw(t, "line")
				change(&list[i])
				if broken(list) != i {
					t.Fatalf("line %d was altered, broken is %d", i, broken(list))
				}
			})
		})
	}
}

func TestALineAlteredAndHashedAnewBreaksTheNext(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := chains.Draw(t, "journal")
		i := rapid.IntRange(0, len(list)-2).Draw(t, "line")
		var prev judging.Entry
		if i > 0 {
			prev = list[i-1]
		}
		list[i].By += "x"
		list[i] = list[i].Seal(prev)
		if broken(list) != i+1 {
			t.Fatalf("line %d was forged, broken is %d", i, broken(list))
		}
	})
}

func TestALineTakenOutOrSwappedIsSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := chains.Draw(t, "journal")
		i := rapid.IntRange(0, len(list)-2).Draw(t, "line")
		without := append(append([]judging.Entry{}, list[:i]...), list[i+1:]...)
		if broken(without) != i {
			t.Errorf("line %d is gone, broken is %d", i, broken(without))
		}
		list[i], list[i+1] = list[i+1], list[i]
		if broken(list) != i {
			t.Errorf("line %d is swapped, broken is %d", i, broken(list))
		}
	})
}

func TestAStoredJournalStillHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data, err := json.Marshal(chains.Draw(t, "journal"))
		if err != nil {
			t.Fatal(err)
		}
		var back []judging.Entry
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		if i := broken(back); i >= 0 {
			t.Fatalf("line %d does not follow after storing", i+1)
		}
	})
}

func TestALineHashedUnderAnotherNumberIsSeen(t *testing.T) {
	first := judging.Entry{Verb: "works.import"}.Seal(judging.Entry{})
	if fifth := (judging.Entry{
		Verb: "awards.decide",
	}).Seal(judging.Entry{
		Seq:  4,
		Hash: first.Hash,
	}); fifth.Follows(first) {
		t.Error("line 5 follows line 1")
	}
}

func TestTheSameMomentInAnotherZoneIsNoAlteration(t *testing.T) {
	e := judging.Entry{At: time.Date(2026, 9, 1, 8, 0, 0, 0, time.FixedZone("CST", 8*3600))}.Seal(judging.Entry{})
	e.At = e.At.UTC()
	if !e.Follows(judging.Entry{}) {
		t.Error("the line does not hold in UTC")
	}
}

func TestALineThatCannotBeHashedFollowsNothing(t *testing.T) {
	for name, e := range map[string]judging.Entry{
		"broken value":    {After: json.RawMessage(`{`)},
		"impossible year": {At: time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)},
	} {
		if e.Seal(judging.Entry{}).Follows(judging.Entry{}) {
			t.Errorf("%s: follows", name)
		}
	}
}
