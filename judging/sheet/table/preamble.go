package table

import (
	"maps"
	"path"
	"regexp"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/read"
)

var (
	senderLabel = regexp.MustCompile(`^(?:填报|报送|选送|推荐|参赛|组织|申报|上报|填表|呈报|送件)(?:单位|学校|部门|机构)(?:名称|全称)?$`)
	unitLabel   = regexp.MustCompile(`^(?:单位|学校|单位名称|学校名称|所在单位|所在学校|单位全称|学校全称)$`)
	stamp       = regexp.MustCompile(`[（(][^（()）]{0,12}(?:章|全称|签字)[^（()）]{0,6}[)）]`)
	nextLabel   = regexp.MustCompile(`\s*(?:填报|填表|联系|经办|审核|负责|报送|制表|领导|分管|单位)?(?:人|电话|手机|日期|时间|方式|邮箱|领导|地址)` +
		`(?:签字|姓名|电话|手机|号码)?(?:[（(][^（()）]*[)）])?\s*[:：].*$|\s+\p{Han}{2,6}\s*[:：].*$|\s+\d{4}年.*$`)
)

// senderIn reads "填报单位（盖章）：某某中学  联系人：…" from the cells of a row: the label may share a cell with its value or stand
// to its left. sure is false where the label only says 单位 or 学校.
func senderIn(cells []string) (name string, sure bool) {
	for i, c := range cells {
		label, value, colon := cutColon(stamp.ReplaceAllString(c, ""))
		label = judging.Fold(label)
		sure = senderLabel.MatchString(label)
		if !sure && (!colon || !unitLabel.MatchString(label)) {
			continue
		}
		if judging.Fold(value) == "" && i+1 < len(cells) {
			if _, _, label := cutColon(cells[i+1]); !label {
				value = cells[i+1]
			}
		}
		value = strings.Trim(judging.Tidy(nextLabel.ReplaceAllString(stamp.ReplaceAllString(value, ""), "")), "_ ＿")
		if !isEmpty(value) {
			return value, sure
		}
	}
	return "", false
}

func cutColon(s string) (before, after string, found bool) {
	if i := strings.IndexAny(s, ":："); i >= 0 {
		return s[:i], strings.TrimLeft(s[i:], ":："), true
	}
	return s, "", false
}

// preamble learns from what stands above the header, from the sheet's name and from the file's, what goes for all
// rows.
func (t *table) preamble(w *window) {
	t.Defaults = map[Field]string{}
	sources := []string{
		"", t.Sheet, strings.TrimSuffix(path.Base(t.File), path.Ext(t.File)), path.Base(path.Dir(t.File)),
	}
	if t.above != nil { // what a sheet says above its first table goes for all
		maps.Copy(t.Defaults, t.above.Defaults)
		sources = sources[:1]
	}
	said := map[Field]bool{}
	for _, l := range w.lines {
		if l.Row >= t.heading.top {
			break
		}
		cells := ownTexts(l)
		if name, _ := senderIn(cells); name != "" {
			t.takeSender(t.Defaults, name)
			continue
		}
		sources[0] += " " + strings.Join(cells, " ")
	}
	for _, s := range sources {
		if name := mentioned(s, t.categories); name != "" && !said[FieldCategory] {
			t.Defaults[FieldCategory], said[FieldCategory] = name, true
		}
		if name := mentioned(s, t.groups); name != "" && !said[FieldGroup] {
			t.Defaults[FieldGroup], said[FieldGroup] = name, true
		}
	}
	if len(t.rules.Categories) == 1 && t.Defaults[FieldCategory] == "" {
		t.Defaults[FieldCategory] = t.rules.Categories[0].Name
	}
	t.now = maps.Clone(t.Defaults)
}

// takeSender makes name the sender of the rows to come, and their authors' unit where the table has no column for it.
func (t *table) takeSender(into map[Field]string, name string) {
	into[FieldSender] = name
	if len(t.of(FieldUnit)) == 0 {
		into[FieldUnit] = name
	}
}

// ownTexts lists what stands in a row, raw, without what merges laid there.
func ownTexts(l read.Line) []string {
	var texts []string
	for _, c := range l.Cells {
		if s := strings.TrimSpace(c.Text); s != "" && !c.Fill && c.Kind != read.ErrorCell {
			texts = append(texts, s)
		}
	}
	return texts
}
