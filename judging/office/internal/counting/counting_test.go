package counting

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/award"
)

func full() judging.Score {
	v := judging.ScoreVersion{At: time.Unix(1, 0), By: "甲", Source: judging.Desk}
	v.Ballot = judging.Ballot{
		State: judging.Scored, Marks: map[string]float64{"立意": 40}, Total: 40, Flags: []judging.Flag{judging.OffTopic},
	}
	return judging.Score{
		Round: 1, Work: "w1", Judge: "j1", Versions: []judging.ScoreVersion{v}, Undone: []judging.ScoreVersion{v},
	}
}

// What is handed out of what is kept must share nothing with it that can be changed.
func TestACopyOfAScoreSharesNothing(t *testing.T) {
	kept := full()
	own := Own(kept)
	if !reflect.DeepEqual(own, kept) {
		t.Fatalf("%+v, not %+v", own, kept)
	}
	own.Versions[0].Marks["立意"], own.Undone[0].Flags[0], own.Undone[0].Marks["技法"] = 1, judging.Copied, 2
	own.Versions[0].By = "乙"
	if !reflect.DeepEqual(kept, full()) {
		t.Errorf("changed with its copy: %+v", kept)
	}
	kinds := map[reflect.Kind]int{}
	for i := range reflect.TypeFor[judging.ScoreVersion]().NumField() {
		kinds[reflect.TypeFor[judging.ScoreVersion]().Field(i).Type.Kind()]++
	}
	for i := range reflect.TypeFor[judging.Ballot]().NumField() {
		kinds[reflect.TypeFor[judging.Ballot]().Field(i).Type.Kind()]++
	}
	if kinds[reflect.Map] != 1 || kinds[reflect.Slice] != 1 || kinds[reflect.Pointer] != 0 {
		t.Errorf("a field was added that Own does not copy: %v", kinds)
	}
}

func TestOnlyTheRoundAskedForIsCounted(t *testing.T) {
	first, second, void := full(), full(), full()
	second.Round, void.Void = 2, "重复"
	all := []judging.Score{first, void, second}
	if of := Of(all, 1); len(of) != 2 || !of[0].Counts() || of[1].Counts() || of[0].Versions[0].Total != 40 {
		t.Errorf("%+v", of)
	}
	if of := Round(all, 2); len(of) != 1 || of[0].Round != 2 {
		t.Errorf("%+v", of)
	}
}

// Marks that are written alike are one map; those that are not are as they were written.
func TestMarksAreReadOnceForAll(t *testing.T) {
	given := make([]Score, 4)
	for i, written := range []string{`{"立意":40}`, `{"立意":40}`, `{"立意":41.5}`, `null`} {
		v := Version{State: judging.Scored}
		if err := json.Unmarshal([]byte(written), &v.Marks); err != nil {
			t.Fatal(err)
		}
		given[i] = Score{Work: "w1", Versions: []Version{v}}
	}
	gather := func() (tallies []award.Tally, err error) {
		tallies = []award.Tally{{Work: "w1"}}
		return tallies, Gather(tallies, map[judging.WorkID]int{"w1": 0}, given, NewBench(judging.Rules{}, nil).Add)
	}
	tallies, err := gather()
	if err != nil {
		t.Fatal(err)
	}
	want := []map[string]float64{{"立意": 40}, {"立意": 40}, {"立意": 41.5}, nil}
	if got := tallies[0].Marks; !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
	given[3].Versions[0].Marks.written = `{"立意":"高"}`
	var told *judging.Error
	if _, err = gather(); !errors.As(err, &told) || told.Code != judging.Corrupt {
		t.Errorf("%v", err)
	}
}

func TestEachWorkIsLookedUpOnce(t *testing.T) {
	all := []judging.Score{full(), full(), full(), full()}
	all[0].Void, all[3].Work = "重复", "w2"
	asked := ""
	if Any(Of(all, 1), func(id judging.WorkID) bool { asked += string(id); return id == "w3" }) || asked != "w1w2" {
		t.Error(asked)
	}
}
