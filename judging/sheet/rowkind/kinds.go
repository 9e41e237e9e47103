package rowkind

import (
	"regexp"
	"slices"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/grid"
)

// What stands in a row that is no work. Patterns are matched against folded text: narrow signs, no spaces.
var (
	// 填表人：…, 审核人（签字）：…, 联系电话：…
	Signature = regexp.MustCompile(`^(?:填表|填报|制表|审核|审批|经办|联系|负责|报送|统计|录入|校对|复核|签字|分管|主管|单位负责|学校负责|领导)` +
		`(?:人|员|者|领导|负责人|人员|电话|方式)?(?:\(?(?:签字|签名|盖章|签章)\)?)?(?:电话|手机|姓名)?:` +
		`|^(?:填报|填表|报送|上报|制表|统计)?(?:日期|时间):|^(?:单位|学校|领导)(?:意见|签字|负责人)|\((?:盖章|公章|签章|签字)\):?_*$`)
	// the same without a colon: only where little else stands in the row
	SignedBare = regexp.MustCompile(
		`^(?:填表|填报|制表|审核|经办|负责)人$|^(?:单位)?(?:盖章|公章|签章):?$|(?:盖章|公章|签章|签字):?_*$|^(?:填报|填表|报送|上报|制表)(?:日期|时间)`,
	)

	Total = regexp.MustCompile(`^(?:\p{Han}{0,8}(?:合计|总计|共计|小计)|累计|总数|合计数)(?:数|件数)?(?:$|[:(\d共])` +
		`|^(?:以上)?(?:共|合计|总计|共计|小计)[计有]?:?\d+[件幅篇个份部]`)

	Remarks = regexp.MustCompile(`^(?:备?注|说明|填[表写报]说明|填[表写报]要求|填表须知|注意事项?|温馨提示|提示|要求|附注|特别说明|报送要求)\d?[:、.)]` +
		`|^(?:备?注|附注|填[表写报]说明|填[表写报]要求|填表须知|注意事项|说明)$|^[*※★]`)

	// what stands where a page or the list ends
	PageLine = regexp.MustCompile(`^[-—(（]*以下(?:空白|无正文|为空)[-—)）.。]*$|^\(?(?:续(?:上|下)?[表页]|接(?:上|下)[表页]|转下页|承上页)\)?$` +
		`|^[-—]*第?\d{1,4}页(?:[,，/]?共\d{1,4}页)?[-—]*$|^[-—]\d{1,4}[-—]$`)

	OnlyDate = regexp.MustCompile(
		`^(?:\d{2,4}|二[〇○零]\p{Han}{2})?年(?:\d{0,2}|[一二三四五六七八九十]{0,3})月(?:(?:\d{0,2}|[一二三四五六七八九十]{0,3})日)?$` +
			`|^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$`,
	)

	Example = regexp.MustCompile(`^\(?(?:示例|样例|范例|例如|举例|填写示例|填表示例|填报示例|参考示例|样表|例|如)\)?(?::?\d{0,2}|\d{0,2}:?)\)?$`)
	// a title or number that says so itself: 如：《…》, 例1：…, （示例）…
	Exampled = regexp.MustCompile(`^(?:(?:如|例|例如|示例|样例|范例|填写示例|填表示例)\d{0,2}[:：]|\((?:例|示例|样例|范例|填写示例|填表示例)\d{0,2}\))` +
		`|\((?:此行为示例|示例行?请删除)\)$`)
	// behind a title or a number the same; a unit, a person or a category may be called so
	ExampleEnd = regexp.MustCompile(`\((?:示例|样例|范例|填写示例|填表示例)\)$`)
	Listing    = regexp.MustCompile(`^\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)、.]`)
)

// NoteLike reports whether a row reads like a note, whatever the columns of its table mean.
func NoteLike(l grid.Line) bool {
	own := ValuesOf(l)
	if len(own) > 1 && celltext.AllDigits(own[0].Text) &&
		!slices.ContainsFunc(own[1:], func(p Place) bool { return !celltext.IsZero(p.Text) }) { // prepared
		return true
	}
	if len(own) == 0 || len(own) > 4 {
		return false
	}
	first := judging.Fold(own[0].Text)
	for _, like := range []*regexp.Regexp{Signature, SignedBare, Total, Remarks, Example, PageLine} {
		if like.MatchString(first) {
			return true
		}
	}
	if name, sure := SenderIn(OwnTexts(l)); sure && name != "" {
		return true
	}
	return len(own) == 1 && OnlyDate.MatchString(first)
}
