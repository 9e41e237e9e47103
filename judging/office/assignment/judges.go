package assignment

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Judges lists all judges in the order in which they came.
func (o Stage) Judges(ctx context.Context) ([]judging.Judge, error) {
	return records.View(ctx, o.rec.DB, records.LoadJudges)
}

// AddJudge adds one judge, or changes the one of the same name and unit. Errors: Invalid for a missing name, an
// unknown category, a load below zero; Clash for a name that is there with another unit where either names none:
// that may be the same person, see AddNamesake.
func (o Stage) AddJudge(ctx context.Context, j judging.Judge) (judging.Judge, error) {
	return o.addJudge(ctx, j, false)
}

// AddNamesake adds a judge of whom is known that they are another person than the one of the same name. Errors: as
// AddJudge.
func (o Stage) AddNamesake(ctx context.Context, j judging.Judge) (judging.Judge, error) {
	return o.addJudge(ctx, j, true)
}

func (o Stage) addJudge(ctx context.Context, j judging.Judge, namesake bool) (judging.Judge, error) {
	err := o.rec.Change(ctx, records.Seating, func(tx store.Tx) error {
		rules, err := records.LoadRules(tx)
		if err != nil {
			return err
		}
		if err := checkJudge(&j, rules); err != nil {
			return err
		}
		if !namesake {
			if err := refuseNamesake(tx, j); err != nil {
				return err
			}
		}
		_, err = o.putJudge(tx, &j, "judges.add")
		return err
	})
	return j, err
}

// refuseNamesake refuses a judge who may be one that is there, named without a unit.
func refuseNamesake(tx store.Tx, j judging.Judge) error {
	all, err := records.LoadJudges(tx)
	if err != nil || slices.ContainsFunc(all, func(old judging.Judge) bool { return old.Key() == j.Key() }) {
		return err
	}
	for _, old := range all {
		if judging.Fold(old.Name) == judging.Fold(j.Name) && (old.Unit == "" || j.Unit == "") {
			return judging.Fail(judging.Clash, "judges.namesake", nil)
		}
	}
	return nil
}

func checkJudge(j *judging.Judge, rules judging.Rules) error {
	j.Name, j.Unit = judging.Tidy(j.Name), judging.Tidy(j.Unit)
	if j.Name == "" {
		return judging.Fail(judging.Invalid, "judges.no_name", nil)
	}
	if j.MaxLoad < 0 {
		return judging.Fail(judging.Invalid, "judges.bad_load", judging.Args{"Value": j.MaxLoad})
	}
	if j.MinLoad < 0 || j.MaxLoad > 0 && j.MinLoad > j.MaxLoad {
		return judging.Fail(judging.Invalid, "judges.load_range", judging.Args{"Min": j.MinLoad, "Max": j.MaxLoad})
	}
	if j.Panel = judging.Tidy(j.Panel); j.Panel != "" && len(rules.Panels) > 0 {
		name, ok := rules.MatchPanel(j.Panel)
		if !ok {
			return judging.Fail(judging.Invalid, "judges.unknown_panel", judging.Args{"Value": j.Panel})
		}
		j.Panel = name
	}
	for i, c := range j.Categories {
		name, ok := rules.MatchCategory(c)
		if !ok {
			return judging.Fail(judging.Invalid, "judges.unknown_category", judging.Args{"Value": c})
		}
		j.Categories[i] = name
	}
	return nil
}

// putJudge stores a judge under the identity of the one with the same name and unit, else a new one, and says what
// that made of the row.
func (o Stage) putJudge(tx store.Tx, j *judging.Judge, verb string) (judging.RowStatus, error) {
	all, err := records.LoadJudges(tx)
	if err != nil {
		return "", err
	}
	for _, old := range all {
		if old.Key() != j.Key() {
			continue
		}
		j.ID = old.ID
		if j.Panel == "" { // nothing said of it: the weight of scores must not change unseen
			j.Panel = old.Panel
		}
		if j.Struck = old.Struck; old.Struck != "" {
			j.Away = true
		}
		if sameJudge(old, *j) {
			return judging.RowUnchanged, nil
		}
		if err := records.Judges.Put(tx, *j); err != nil {
			return "", err
		}
		return judging.RowChanged, o.rec.Log(tx, verb, string(j.ID), judgeGist(old), judgeGist(*j))
	}
	n, err := records.Take(tx, "judge", 1)
	if err != nil {
		return "", err
	}
	j.ID = judging.JudgeID(judging.Serial("j", 3, n))
	if err := records.Judges.Insert(tx, *j); err != nil {
		return "", err
	}
	return judging.RowAccepted, o.rec.Log(tx, verb, string(j.ID), nil, judgeGist(*j))
}

// judgeGist is what the journal keeps of a judge: no phone.
func judgeGist(j judging.Judge) map[string]any {
	return map[string]any{
		"name":       j.Name,
		"unit":       j.Unit,
		"categories": j.Categories,
		"max_load":   j.MaxLoad,
		"min_load":   j.MinLoad,
		"senior":     j.Senior,
		"panel":      j.Panel,
		"away":       j.Away,
		"number":     j.Number,
	}
}

func sameJudge(a, b judging.Judge) bool {
	a.Source, b.Source = judging.Place{}, judging.Place{}
	x, errA := records.RawJSON(a)
	y, errB := records.RawJSON(b)
	return errA == nil && errB == nil && string(x) == string(y)
}
