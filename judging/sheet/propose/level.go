package propose

import (
	"strings"
	"unicode/utf8"

	"fayi/judging"
)

// Level is a set of levels of education, of pupils and students alone.
type Level uint8

// The levels.
const (
	Kindergarten Level = 1 << iota
	Primary
	Junior     // 初中
	Senior     // 高中
	Vocational // 中职
	Higher

	pupils = Kindergarten | Primary | Junior | Senior | Vocational | Higher
)

// tokens are words with the levels that they speak of. Those without levels are there because a shorter word within
// them means another thing: 社会主义 speaks of no 社会组, 组织 ends no 小学组.
var tokens = func() map[string]Level {
	out := map[string]Level{}
	for level, words := range map[Level]string{
		Kindergarten: "幼儿园 幼儿 学前班 学前",
		Primary: "小学 小学生 小学部 中心小学 中心完小 完全小学 完小 实验小学 附属小学 附小 教学点 " +
			"一年级 二年级 三年级 四年级 五年级 六年级 1年级 2年级 3年级 4年级 5年级 6年级",
		Junior: "初中 初中生 初中部 初级中学 七年级 八年级 九年级 7年级 8年级 9年级 初一 初二 初三 初中一年级 初中二年级 初中三年级",
		Senior: "高中 高中生 高中部 普通高中 普高 高级中学 高一 高二 高三 高中一年级 高中二年级 高中三年级",
		Vocational: "职业高中 职高 职高生 中职 中职生 中专 中专生 职业中学 职业中专 职业中等专业学校 中等职业学校 中等职业 中等专业学校 职教中心 " +
			"职业教育中心 职业高级中学 技工学校 技校 职业技术学校 职校",
		Higher: "大学 大学生 高校 高职 大专 大专生 研究生 学院 职业技术学院 职业学院 大一 大二 大三 大四 本科 本科生",

		Junior | Senior:           "中学 中学生 完全中学 初高中 初、高中 中学部 初高中生",
		Senior | Vocational:       "高中阶段 高中(含中职) 高中及中职",
		Primary | Junior:          "九年一贯制学校 九年一贯制 九年制学校 九年制 小初 初中小学 中小学一体化学校 义务教育阶段",
		Primary | Junior | Senior: "中小学 中小学生 小中学 小中学生 小学中学 十二年一贯制学校 十二年一贯制",
		Kindergarten | Primary:    "幼小",
		pupils &^ Kindergarten:    "大中小学 大中小学生",
		Junior | Senior | Higher:  "大中学 大中学生",
		pupils:                    "学生 大中小幼 中小幼",
		0: "组织 组委会 组委 组成 组合 组长 组员 组团 组建 组稿 社会主义 社会治理 社会组织 社会保障局 人力资源和社会保障局 社会工作 社会科学 " +
			"指导教师 指导老师 教师进修学校 教师发展中心 教师节 教师进修 学生会 留学生 青少年 青少年宫 少年宫 青少年活动中心 未成年人 " +
			"小学教师 中学教师 中小学教师 初中教师 高中教师 高校教师 大学教师 幼儿园教师 幼儿教师 中小学老师 小学老师 中学老师 小学教育 中学教育 学前教育 " +
			"书法家 书法家协会 书法协会 书法院 摄影家 摄影家协会 摄影协会 摄影师 漫画家 画家 美术馆 美术家 美术家协会 美术协会 美术家协会 " +
			"音乐家 音乐家协会 舞蹈家 戏剧家 曲艺家 曲艺家协会 作家 音乐学院 美术学院 舞蹈学院 书画院 视频号 短视频平台 " +
			"机关事务 机关工委 机关党委 机关工作委员会 机关事务管理局 成人教育 成人教育中心 成人学校 老年大学 干部学校 干部学院 党校 学院路 大学路 " +
			"大学城 高中生物 职工之家 农民工 军人事务 退役军人事务局 教师队伍 中小学校",
	} {
		for _, w := range strings.Fields(words) {
			out[judging.Fold(w)] = level
		}
	}
	out["中小学校"] = Primary | Junior | Senior
	return out
}()

// longestToken is in runes.
var longestToken = func() int {
	n := 0
	for w := range tokens {
		n = max(n, utf8.RuneCountInString(w))
	}
	return n
}()

// span is a token found in a text, in bytes.
type span struct {
	from, to int
	level    Level
}

// spans finds the tokens of a folded text from left to right, the longest at each place.
func spans(text string) []span {
	var out []span
	for i := 0; i < len(text); {
		end, n := i, 0
		found := span{}
		for j := range text[i:] {
			if j == 0 {
				continue
			}
			if n++; n > longestToken {
				break
			}
			end = i + j
			if level, ok := tokens[text[i:end]]; ok {
				found = span{i, end, level}
			}
		}
		if level, ok := tokens[text[i:]]; ok && n < longestToken {
			found = span{i, len(text), level}
		}
		if found.to > 0 {
			out = append(out, found)
			i = found.to
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	return out
}

// LevelsOf returns the levels that a text speaks of: the name of a school, a grade, a class.
func LevelsOf(text string) Level {
	var all Level
	for _, s := range spans(judging.Fold(text)) {
		all |= s.level
	}
	return all
}

// Grade reports whether a text names a grade, which says more than the kind of school.
func Grade(text string) bool {
	text = judging.Fold(text)
	for _, s := range spans(text) {
		w := text[s.from:s.to]
		counted := len(w) == 6 && strings.ContainsAny(w[3:], "一二三四") // 初一, 高二, 大三
		if strings.HasSuffix(w, "年级") || counted && strings.ContainsRune("初高大", []rune(w)[0]) {
			return true
		}
	}
	return false
}

// Whole reports whether a folded word stands in a folded text as a word of its own: a longer word that it begins or
// ends within does not count.
func Whole(text, word string) bool {
	return whole(text, word, spans(text))
}

func whole(text, word string, in []span) bool {
	for at := 0; word != ""; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		from, to := at+i, at+i+len(word)
		if !cuts(in, from, to) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[from:])
		at = from + size
	}
	return false
}

// cuts reports whether a token begins before from and ends behind it, or begins before to and ends behind it.
func cuts(in []span, from, to int) bool {
	for _, s := range in {
		if s.from < from && from < s.to || s.from < to && to < s.to && s.level == 0 ||
			s.from < to && to < s.to && s.from < from {
			return true
		}
	}
	return false
}

// Named is a category or group with every word that means it, folded.
type Named struct {
	Name  string
	Words []string
}

// Name returns a category or group with its words.
func Name(name string, alias []string) Named {
	n := Named{Name: name}
	for _, w := range append([]string{name}, alias...) {
		if w = judging.Fold(w); w != "" {
			n.Words = append(n.Words, w)
		}
	}
	return n
}

// Mentioned returns the only one of list that text speaks of in whole words; "" where it speaks of none or several. A
// word within a longer one (视频 in 微视频) does not count.
func Mentioned(text string, list []Named) string {
	text = judging.Fold(text)
	in := spans(text)
	longest := map[string]string{}
	for _, n := range list {
		for _, w := range n.Words {
			if !strings.Contains(text, w) { // as in most rows: what follows costs more
				continue
			}
			if utf8.RuneCountInString(w) >= 2 && len(w) > len(longest[n.Name]) && whole(text, w, in) {
				longest[n.Name] = w
			}
		}
	}
	name := ""
	for n, w := range longest {
		within := false
		for other, v := range longest {
			within = within || other != n && len(v) > len(w) && strings.Contains(v, w)
		}
		if within {
			continue
		}
		if name != "" {
			return ""
		}
		name = n
	}
	return name
}

// GroupOf returns the only group that all levels of a text belong to, "" where there is none or several: 初高中 is
// 中学组, and 中小学生 is no group where 小学组 and 中学组 are ranked apart.
func GroupOf(text string, groups []Named) string {
	level := LevelsOf(text)
	if level == 0 {
		return ""
	}
	name := ""
	for _, g := range groups {
		var own Level
		for _, w := range g.Words {
			own |= LevelsOf(w)
		}
		if level&^own == 0 {
			if name != "" {
				return ""
			}
			name = g.Name
		}
	}
	return name
}
