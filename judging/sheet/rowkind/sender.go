package rowkind

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
)

var (
	SenderLabel = regexp.MustCompile(`^(?:填报|报送|选送|推荐|参赛|组织|申报|上报|填表|呈报|送件)(?:单位|学校|部门|机构)(?:名称|全称)?$`)
	unitLabel   = regexp.MustCompile(`^(?:单位|学校|单位名称|学校名称|所在单位|所在学校|单位全称|学校全称)$`)
	Stamp       = regexp.MustCompile(`[（(][^（()）]{0,12}(?:章|全称|签字)[^（()）]{0,6}[)）]`)
	nextLabel   = regexp.MustCompile(`\s*(?:填报|填表|联系|经办|审核|负责|报送|制表|领导|分管|单位)?(?:人|电话|手机|日期|时间|方式|邮箱|领导|地址)` +
		`(?:签字|姓名|电话|手机|号码)?(?:[（(][^（()）]*[)）])?\s*[:：].*$|\s+\p{Han}{2,6}\s*[:：].*$|\s+\d{4}年.*$`)
)

// SenderIn reads "填报单位（盖章）：某某中学  联系人：…" from the cells of a row: the label may share a cell with its value or stand
// to its left. sure is false where the label only says 单位 or 学校.
func SenderIn(cells []string) (name string, sure bool) {
	for i, c := range cells {
		label, value, colon := CutColon(Stamp.ReplaceAllString(c, " "))
		if !colon { // 报送单位 第一小学
			label, value, colon = cutBlank(label)
		}
		label = judging.Fold(label)
		sure = SenderLabel.MatchString(label)
		if !sure && (!colon || !unitLabel.MatchString(label)) {
			continue
		}
		if judging.Fold(value) == "" && i+1 < len(cells) {
			if _, _, label := CutColon(cells[i+1]); !label {
				value = cells[i+1]
			}
		}
		value = strings.Trim(judging.Tidy(nextLabel.ReplaceAllString(Stamp.ReplaceAllString(value, ""), "")), "_ ＿")
		if !celltext.IsEmpty(value) {
			return value, sure
		}
	}
	return "", false
}

// cutBlank parts a label from its value where only a blank stands between them.
func cutBlank(s string) (before, after string, found bool) {
	before, after, found = strings.Cut(judging.Tidy(s), " ")
	after = strings.TrimSpace(after)
	return before, after, found && after != "" && utf8.RuneCountInString(before) >= 4
}

// CutColon parts a label from its value at the first colon, narrow or wide.
func CutColon(s string) (before, after string, found bool) {
	if i := strings.IndexAny(s, ":："); i >= 0 {
		return s[:i], strings.TrimLeft(s[i:], ":："), true
	}
	return s, "", false
}
