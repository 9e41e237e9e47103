package evidence

import (
	"regexp"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
)

var optionHead = regexp.MustCompile(`^(.+?)\s*[:：/／\-—_|｜(（\[【]\s*([^:：()（）]+?)\s*[)）\]】]?$`)

// tickColumns finds the columns of choices.
func (t *Table) tickColumns(voc *field.Vocabulary) {
	if !voc.Compound {
		return
	}
	bare := map[field.Field][]*Column{}
	for _, c := range t.Cols {
		labels := t.Heading.Labels[c.Index]
		if c.asked || len(labels) == 0 || len(c.Values) > 0 && c.share(celltext.IsMark) < 0.8 {
			continue
		}
		own := labels[len(labels)-1]
		if len(labels) > 1 && c.Field == field.None && t.option(c, voc.Match(labels[len(labels)-2]).Means, own) {
			continue
		}
		if m := optionHead.FindStringSubmatch(field.Numbering.ReplaceAllString(own, "")); m != nil &&
			(c.Field == field.None || c.share(celltext.IsMark) == 1) && t.option(c, voc.Match(m[1]).Means, m[2]) {
			continue
		}
		folded := judging.Fold(own)
		switch {
		case c.Field != field.None || c.share(celltext.IsTick) == 0:
		case celltext.IsKind(folded, t.Categories):
			bare[field.Category] = append(bare[field.Category], c)
		case celltext.IsKind(folded, t.Groups):
			bare[field.Group] = append(bare[field.Group], c)
		}
	}
	for _, f := range []field.Field{field.Category, field.Group} {
		if len(bare[f]) < 2 && len(t.With(f)) > 0 {
			continue
		}
		for _, c := range bare[f] {
			t.option(c, f, t.Heading.Labels[c.Index][len(t.Heading.Labels[c.Index])-1])
		}
	}
}

// option makes a column one of the choices of a field.
func (t *Table) option(c *Column, f field.Field, label string) bool {
	name := ""
	switch f {
	case field.Category:
		name, _ = celltext.MatchCategory(t.Rules, label)
	case field.Group:
		name, _ = celltext.MatchGroup(t.Rules, label)
	}
	if name == "" {
		return false
	}
	c.Field, c.Confidence, c.Tick = f, field.CleanWord, name
	return true
}

// TickOf returns the category or group that a tick in a column means, "" where its cells say it themselves.
func (t *Table) TickOf(c mapping.Column) string {
	own := c.Header // 作品类别/书法, 类别：书法
	if i := strings.LastIndexAny(own, "/:："); i >= 0 {
		own = strings.TrimLeft(own[i:], "/:：")
	}
	if own == c.Header {
		return ""
	}
	name := ""
	switch c.Field {
	case field.Category:
		name, _ = celltext.MatchCategory(t.Rules, own)
	case field.Group:
		name, _ = celltext.MatchGroup(t.Rules, own)
	}
	return name
}

// Resolve finds the name for text and remembers it: a column holds few different texts.
func (t *Table) Resolve(f field.Field, text string, match func(judging.Rules, string) (string, bool)) string {
	if text == "" {
		return ""
	}
	seen := t.memo[f]
	if seen == nil || len(seen) > 1000 {
		seen = map[string]string{}
		t.memo[f] = seen
	}
	name, ok := seen[text]
	if !ok {
		name, _ = match(t.Rules, text)
		seen[text] = name
	}
	return name
}
