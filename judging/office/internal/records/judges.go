package records

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/store"
)

func LoadJudges(tx store.Tx) ([]judging.Judge, error) {
	return Collect(func(fn func(judging.Judge) error) error { return Judges.Each(tx, fn) })
}

// JudgeNames returns what all judges are called by, as Calls says it.
func JudgeNames(tx store.Tx) (map[judging.JudgeID]string, error) {
	all, err := LoadJudges(tx)
	return Calls(all), err
}

// Calls returns what each judge is called by wherever people read or hear of them: their name, and with those who
// share it their unit, without what their units begin with alike (某某县), or a number from the second on where units
// do not tell them apart either. all are the judges of the contest, those struck off too, so that nobody is called by
// two names in it.
func Calls(all []judging.Judge) map[judging.JudgeID]string {
	key := func(j judging.Judge) [2]string { return [2]string{judging.Fold(j.Name), judging.Fold(j.Unit)} }
	names, units, times := map[string]int{}, map[string][]string{}, map[[2]string]int{}
	for _, j := range all {
		names[key(j)[0]]++
		times[key(j)]++
		if j.Unit != "" {
			units[key(j)[0]] = append(units[key(j)[0]], j.Unit)
		}
	}
	met := map[string]int{}
	out := make(map[judging.JudgeID]string, len(all))
	for _, j := range all {
		k := key(j)
		out[j.ID] = j.Name
		if names[k[0]] == 1 {
			continue
		}
		if j.Unit != "" && times[k] == 1 {
			out[j.ID] = j.Name + "（" + j.Unit[alikeTo(units[k[0]]):] + "）"
		} else if met[k[0]]++; met[k[0]] > 1 {
			out[j.ID] = fmt.Sprintf("%s-%d", j.Name, met[k[0]])
		}
	}
	return out
}

// places end the name of a place that units begin with.
const places = "省市县区旗州盟"

// alikeTo returns how many bytes of units, the same in each, name the place that all are in; 0 where a unit would be
// left without a name.
func alikeTo(units []string) (bytes int) {
	for at, c := range units[0] {
		end := at + utf8.RuneLen(c)
		for _, u := range units {
			if len(u) <= end || u[:end] != units[0][:end] {
				return bytes
			}
		}
		if strings.ContainsRune(places, c) {
			bytes = end
		}
	}
	return bytes
}

func LoadJudge(tx store.Tx, id judging.JudgeID) (judging.Judge, error) {
	j, err := Judges.Get(tx, string(id))
	if errors.Is(err, judging.ErrNotFound) {
		return j, judging.Fail(judging.NotFound, "judges.missing", judging.Args{"Judge": id})
	}
	return j, err
}
