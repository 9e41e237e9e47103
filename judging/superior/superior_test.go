package superior

import (
	"fmt"
	"strings"
	"testing"

	"fayi/judging"
)

func TestFilesAreNamedAsASuperiorWants(t *testing.T) {
	w := judging.Work{
		Code:     "SF-0001",
		Title:    "宪法：在我心中?",
		Category: "书法",
		Group:    "小学组",
		Authors:  []string{"张三", "李四"},
		Unit:     "实验小学",
		Phone:    "13800000000",
	}
	for naming, want := range map[Naming]string{
		"":              "书法-宪法：在我心中?-张三、李四-实验小学",
		"作者+作品名称":       "张三、李四+宪法：在我心中?",
		"“法治杯”作品名称(单位)": "“法治杯”宪法：在我心中?(实验小学)",
		"序号 编号 奖项 组别":   "007 SF-0001 一等奖 小学组",
		"报送单位指导教师":      "",
	} {
		if got := naming.Of(w, "一等奖", 7); got != want {
			t.Errorf("%s: %q, want %q", naming, got, want)
		}
	}
	w.Authors = []string{"张三", "李四", "王五", "赵六"}
	if got := Naming("作者").Of(w, "", 1); got != "张三等4人" {
		t.Errorf("many authors: %q", got)
	}
}

func TestWinnersAreChosenWithinTheQuota(t *testing.T) {
	rules := judging.Rules{
		Awards:     []judging.Award{{Name: "一等奖"}, {Name: "二等奖"}},
		Categories: []judging.Category{{Name: "书法"}, {Name: "绘画"}, {Name: "摄影"}},
	}
	var list []Nominee
	for i, c := range []string{"书法", "绘画", "摄影"} {
		for j, a := range []string{"二等奖", "一等奖", "二等奖"} {
			id := judging.WorkID(fmt.Sprintf("w%d%d", i, j))
			list = append(list, Nominee{Work: id, Category: c, Award: a, Place: 3 - j})
		}
	}
	list[1].Reported = "city-01"
	chosen := func(s Settings) string {
		var out []string
		for _, n := range Nominate(s, rules, list) {
			if n.Chosen {
				out = append(out, string(n.Work))
			}
		}
		return strings.Join(out, " ")
	}
	for _, c := range []struct {
		name string
		s    Settings
		want string
	}{
		{"no bound", Settings{}, "w00 w02 w10 w11 w12 w20 w21 w22"},
		{"a category", Settings{Quotas: map[string]int{"书法": 2, "绘画": 1}}, "w02 w11 w20 w21 w22"},
		{"in all, best award first", Settings{Total: 4}, "w02 w11 w21"},
		{"a quota of nothing", Settings{Quotas: map[string]int{"书法": 0, "绘画": 0, "摄影": 0}}, ""},
		{"used up", Settings{Total: 1}, ""},
	} {
		if got := chosen(c.s); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	s := Settings{Total: 4, Quotas: map[string]int{"书法": 2}}
	got := Rooms(s, rules, Nominate(s, rules, list))
	if len(got) != 2 || got[0] != (Room{"书法", 2, 1, 1}) || got[1] != (Room{"", 4, 1, 3}) || got[0].Over() {
		t.Errorf("rooms: %+v", got)
	}
}
