package script

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Lexicon orders Chinese by its reading (pinyin), digits by their value, letters whatever their case. It remembers
// the order of every text it has been asked for, so that sorting the same texts again costs a look-up each. It may
// only be used on the UI thread.
type Lexicon struct {
	People bool // texts begin with a surname
	rank   map[string]int32
	// the primary collation weight of a character; a whole text at a time would be 20 times slower
	weight map[rune]string
}

// lexiconMost is how many texts a lexicon remembers: more than any contest has in one column.
const lexiconMost = 400_000

// Ranks returns for each text its place among all texts known; equal texts have equal places.
func (l *Lexicon) Ranks(texts []string) []int32 {
	out := make([]int32, len(texts))
	for i, t := range texts {
		rank, known := l.rank[t]
		if !known {
			l.learn(texts)
			return l.Ranks(texts)
		}
		out[i] = rank
	}
	return out
}

// learn orders what is known and texts again.
func (l *Lexicon) learn(texts []string) {
	type entry struct{ key, text string }
	all := make([]entry, 0, len(texts)+len(l.rank))
	seen := make(map[string]int32, len(texts)+len(l.rank))
	c, buf := collate.New(language.Chinese, collate.Loose), &collate.Buffer{}
	add := func(t string) {
		if _, has := seen[t]; !has {
			seen[t] = 0
			all = append(all, entry{l.key(t, c, buf), t})
		}
	}
	for _, t := range texts {
		add(t)
	}
	if len(l.rank) < lexiconMost {
		for t := range l.rank {
			add(t)
		}
	}
	slices.SortFunc(
		all,
		func(a, b entry) int { return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.text, b.text)) },
	)
	l.rank = seen
	for i, e := range all {
		l.rank[e.text] = int32(i)
	}
}

// key is what text is ordered by: its characters' weights, numbers as their length and digits.
func (l *Lexicon) key(text string, c *collate.Collator, buf *collate.Buffer) string {
	if l.People {
		text = surnameAsRead(text)
	}
	if l.weight == nil {
		l.weight = map[rune]string{}
	}
	var key []byte
	for text != "" {
		if n := len(text) - len(strings.TrimLeft(text, "0123456789")); n > 0 {
			digits := strings.TrimLeft(text[:n], "0")
			key = append(append(append(key, l.weigh('0', c, buf)...), byte(min(len(digits), 255))), digits...)
			text = text[n:]
			continue
		}
		r, n := utf8.DecodeRuneInString(text)
		key, text = append(key, l.weigh(r, c, buf)...), text[n:]
	}
	return string(key)
}

func (l *Lexicon) weigh(r rune, c *collate.Collator, buf *collate.Buffer) string {
	w, known := l.weight[r]
	if !known {
		w = string(c.KeyFromString(buf, string(r)))
		buf.Reset()
		l.weight[r] = w
	}
	return w
}

// surnameAsRead puts a character that is always read so in the place of a surname that has a reading of its own: 单
// is Shan as a name, else Dan.
func surnameAsRead(name string) string {
	for _, pair := range surnames {
		if rest, ok := strings.CutPrefix(name, pair[0]); ok {
			return pair[1] + rest
		}
	}
	return name
}

// surnames are those read otherwise than the character alone, each with one of the same reading. Those of two
// characters come first.
var surnames = [][2]string{
	{"万俟", "莫其"}, {"尉迟", "玉迟"}, {"单于", "缠于"}, {"长孙", "掌孙"}, {"澹台", "谈台"}, {"令狐", "铃狐"},
	{
		"单",
		"善",
	}, {"曾", "增"}, {"解", "谢"}, {"仇", "求"}, {"区", "欧"}, {"查", "渣"}, {"任", "人"}, {"盖", "舸"}, {"葛", "舸"}, {"朴", "瓢"},
	{
		"华",
		"话",
	}, {"乐", "月"}, {"缪", "妙"}, {"覃", "秦"}, {"繁", "婆"}, {"员", "运"}, {"种", "虫"}, {"冼", "显"}, {"洗", "显"}, {"翟", "宅"},
	{
		"召",
		"绍",
	}, {"折", "舌"}, {"牟", "谋"}, {"纪", "几"}, {"宁", "凝"}, {"曲", "屈"}, {"訾", "资"}, {"撒", "洒"}, {"祭", "债"}, {"郗", "希"},
	{
		"谌",
		"陈",
	}, {"隗", "伟"}, {"燕", "烟"}, {"应", "英"}, {"佴", "奈"}, {"句", "勾"}, {"过", "锅"}, {"藏", "脏"}, {"都", "嘟"}, {"干", "甘"},
	{"秘", "必"}, {"要", "腰"}, {"黑", "贺"}, {"逄", "旁"}, {"沈", "审"}, {"薄", "博"}, {"阚", "看"}, {"乜", "聂"},
}
