package propose

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"fayi/judging"
)

var (
	schoolEnd = regexp.MustCompile(`(?:职业教育中心|职教中心|中心学校|中心校|幼儿园|幼稚园|小学|中学|学校|学院|大学|高中|初中|职中|职高|中专|完小|党校)`)
	officeEnd = regexp.MustCompile(`(?:人民政府|街道办事处|办事处|居委会|村委会|委员会|人民法院|人民检察院|法院|检察院|司法所|派出所|文化馆|图书馆|美术馆|` +
		`博物馆|联合会|文联|` +
		`妇联|残联|协会|学会|书画院|局|街道|社区|镇|乡|集团|公司|医院|总工会|团县委|团委|支队|大队|活动中心|服务中心|监狱|银行)`)
	// what goes on with the name of a school
	schoolMore = regexp.MustCompile(`^(?:附属(?:小学|中学|幼儿园|学校|初中|高中)|附(?:小|中)|[东西南北新老本主分]?校区|分校|[小初高]中?部|\p{Han}{1,4}校区|` +
		`[(（]\p{Han}{1,8}校区[)）])`)
	// 小学组, 小学生: what follows is about people or groups, not the name of a school
	noSchool = regexp.MustCompile(`^(?:组|生|部|段|阶段|年级|教师|老师|低|高年级)`)
	// what may follow the name of an office in a title or the name of a file
	afterOffice = regexp.MustCompile(`^(?:$|[“"《「—_+＿.·、，, 　-]|\d|20|二[〇○零]|关于|报送|选送|推荐|推送|上报|申报|填报|参赛|参评|参加|报名|` +
		`作品|征集|征文|汇总|登记|统计|` +
		`名单|名册|法治|法制|宪法|普法|书法|绘画|摄影|漫画|视频|微视频|文化|第|“|机关|干部|职工)`)
	leading = regexp.MustCompile(`^(?:附件\d*|附表\d*|附|\d{2,4}年度?|二[〇○零一二三四五六七八九]{3}年度?|` +
		`关于|第\p{Han}{1,3}届|\d+|[、.:：—_+-]+|` +
		`报送单位|选送单位|推荐单位|单位|学校|表\d*|年度|年)`)
	// names that are no one unit
	anyUnit = regexp.MustCompile(`^(?:全[县市区镇乡校省]|各|本|我|所有|有关|相关|农村|城区|县直|市直|区直|直属|公办|` +
		`民办|普通|重点|示范|示例)*(?:级|中|初级|高级|职业|大中|中心|个|地)*` +
		`(?:小学|中学|中小学|学校|幼儿园|高中|初中|大学|学院|中专|职中|职高|党校|局|镇|乡|街道|社区|委员会|公司|协会|法院|检察院|医院)$`)
	stamped = regexp.MustCompile(`[（(][^（()）]{0,12}(?:章|全称|签字)[^（()）]{0,6}[)）]`)
)

// A unit's name has so many runes.
const (
	shortestUnit = 3
	longestUnit  = 30
)

// Kind says what kind of unit a name in a text is.
type Kind int

// The kinds.
const (
	NoUnit Kind = iota
	School
	Office
)

// UnitIn finds the one unit that a title, or the name of a sheet, file or folder speaks of: 示例县第一小学 in
// “示例县第一小学2020年作品汇总表”. "" where it names none or two.
func UnitIn(text string) (string, Kind) {
	if n := utf8.RuneCountInString(text); n > 200 || n < shortestUnit { // a paragraph, no title; or a word
		return "", NoUnit
	}
	name, kind := "", NoUnit
	text = stamped.ReplaceAllString(judging.Tidy(text), " ")
	for _, part := range strings.FieldsFunc(text, partsName) {
		n, k := unitOf(part)
		switch {
		case n == "" || n == name:
		case name == "" || k == School && kind == Office:
			name, kind = n, k
		case k == kind:
			return "", NoUnit
		}
	}
	return name, kind
}

// partsName reports whether a rune parts the name of a unit from what stands next to it.
func partsName(r rune) bool {
	return strings.ContainsRune("“”\"'《》「」【】[]（）()—–-_＿+.·、，,；;：:|/\\~～", r) || unicode.IsSpace(r)
}

// unitOf finds a unit's name within a run of text without marks.
func unitOf(part string) (string, Kind) {
	for before := ""; before != part; {
		before = part
		part = leading.ReplaceAllString(part, "")
	}
	if n := schoolOf(part); n != "" {
		return n, School
	}
	for _, at := range officeEnd.FindAllStringIndex(part, -1) {
		if name := part[:at[1]]; afterOffice.MatchString(part[at[1]:]) && fits(name) {
			return name, Office
		}
	}
	return "", NoUnit
}

// schoolOf finds the name of a school at the beginning of a text.
func schoolOf(part string) string {
	for _, at := range schoolEnd.FindAllStringIndex(part, -1) {
		end := at[1]
		if noSchool.MatchString(part[end:]) || officeGoesOn(part[end:]) {
			continue
		}
		if more := schoolMore.FindString(part[end:]); more != "" {
			end += len(more)
		}
		if name := part[:end]; fits(name) {
			return name
		}
	}
	return ""
}

// officeGoesOn reports whether a name is not over yet: 小学 within 小学教育局.
func officeGoesOn(rest string) bool {
	return schoolEnd.MatchString(rest) && schoolEnd.FindStringIndex(rest)[0] == 0 || strings.HasPrefix(rest, "路") ||
		strings.HasPrefix(rest, "教育")
}

func fits(name string) bool {
	n := utf8.RuneCountInString(name)
	return n >= shortestUnit && n <= longestUnit && !anyUnit.MatchString(name) && isHan(name)
}

// isHan reports whether a name is Chinese, but for digits.
func isHan(s string) bool {
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) && (r < '0' || r > '9') && r != '（' && r != '）' {
			return false
		}
	}
	return true
}

// StampedUnit reads the name of a unit that stands alone, as next to a seal below a table: 第一小学（盖章）.
func StampedUnit(text string) string {
	if utf8.RuneCountInString(text) < shortestUnit {
		return ""
	}
	bare := judging.Tidy(stamped.ReplaceAllString(text, " "))
	if n, _ := UnitIn(bare); n == bare || n == judging.Fold(bare) {
		return n
	}
	return ""
}
