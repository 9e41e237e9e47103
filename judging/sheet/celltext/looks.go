package celltext

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fayi/judging"
)

var (
	mobile   = regexp.MustCompile(`^(?:\+?86)?1[3-9]\d{9}$`)
	landline = regexp.MustCompile(`^(?:\(?0\d{2,3}\)?-?)?[2-9]\d{6,7}(?:-\d{1,6})?$`)
	idNumber = regexp.MustCompile(`^(?:\d{17}[\dXx]|\d{15})$`)
	mailbox  = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)
	aName    = regexp.MustCompile(`^\p{Han}{2,4}$`)
	aRole    = regexp.MustCompile(`^(?:第?[一二三四五六七八九\d]?(?:作者|完成人)\d?|合作者|合著者|作者|主创|组长|队长|组员|队员|成员|负责人|参与者|其他作者)$`)
)

// LooksLikePhone reports whether a text is a telephone number and no more.
func LooksLikePhone(s string) bool {
	s = strings.NewReplacer(" ", "", "-", "").Replace(s)
	return mobile.MatchString(s) || landline.MatchString(s) && len(s) >= 10
}

// LooksLikeID reports whether a text has the shape of an identity number; its check digit is not looked at.
func LooksLikeID(s string) bool { return idNumber.MatchString(s) }

// LooksLikeMail reports whether a text has the shape of an e-mail address.
func LooksLikeMail(s string) bool { return mailbox.MatchString(s) }

// LooksLikeName reports whether a text is as short as the name of one person, in Chinese characters.
func LooksLikeName(s string) bool { return aName.MatchString(judging.Fold(s)) }

// LooksLikeRole reports whether a text says what part a person had: 第一作者, 组员.
func LooksLikeRole(s string) bool { return aRole.MatchString(judging.Fold(s)) }

// LooksLikeNames reports whether a cell holds names only.
func LooksLikeNames(s string) bool {
	if LooksLikeRole(s) {
		return false
	}
	names, _, odd := SplitNames(s)
	for _, n := range names {
		if isHan(n) && utf8.RuneCountInString(n) > 4 || LooksLikeTitle(n) == LooksLikeNumber(n) {
			return false
		}
	}
	return len(names) > 0 && !odd
}

// LooksLikeTitle reports whether a text may name a work: nearly all may but numbers and addresses.
func LooksLikeTitle(s string) bool {
	return !LooksLikeNumber(s) && !LooksLikePhone(s) && !LooksLikeID(s) && !LooksLikeMail(s)
}

// LooksLikeNumber reports whether a text holds digits, dots and strokes only.
func LooksLikeNumber(s string) bool { return strings.Trim(judging.Fold(s), "0123456789.-") == "" }

// Collective are the authors that say: the unit made it.
var Collective = WordSet("集体 集体创作 集体作品 单位 单位作品 本单位 单位集体 团体 全体师生")

// unitEnds are how the names of schools and offices end.
var unitEnds = strings.Fields("学校 小学 中学 学院 大学 幼儿园 局 所 院 中心 委员会 办公室 公司 社 馆 团 会 队 组 厅 站 镇 乡 村 街道 社区 政府 班 部 室 家庭")

// LooksLikeUnit reports whether a name is rather that of a school or office.
func LooksLikeUnit(s string) bool {
	if utf8.RuneCountInString(s) < 4 {
		return false
	}
	for _, end := range unitEnds {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// AllDigits reports whether a text is one or more of the digits 0 to 9.
func AllDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// undecidedWords stand where a title or a name is still to come.
var undecidedWords = WordSet("待定 待补 待填 待报 待确定 待补充 待提交 待上报 待填写 未定 未确定 暂定 暂缺 暂未定 tbd tba todo 待完善")

// Undecided reports whether a text says that a title or a name is still to come: 待定.
func Undecided(text string) bool {
	return len(text) <= 24 && undecidedWords[strings.Trim(judging.Fold(text), "()《》[]【】:。.")]
}

// IsZero reports whether a cell shows what a formula makes of nothing.
func IsZero(text string) bool { return text == "0" || text == "0.0" || text == "0.00" || text == "×" }

// listTitle is what the titles of lists say.
var listTitle = regexp.MustCompile(`(?:汇总|登记|统计|报名|一览|申报|报送)[表单]`)

// SaysMoreThanNames reports whether what stands where names do is a sentence or a title.
func SaysMoreThanNames(text string) bool {
	if listTitle.MatchString(text) {
		return true
	}
	names, _, odd := SplitNames(text)
	return odd && !slices.ContainsFunc(names, LooksLikeUnit) && !IsEmpty(text)
}
