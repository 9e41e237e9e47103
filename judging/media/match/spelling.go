package match

import (
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"fayi/judging"
	"fayi/judging/text"
)

// fold brings a name to the form in which names are compared.
func fold(s string) string { return judging.Fold(norm.NFKC.String(s)) }

// bare is a folded text of letters and digits only, so that 《宪法之光》 and 宪法·之光 are one. Slashes stay.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '/' || isWord(r) {
			return r
		}
		return -1
	}, fold(s))
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// word is what of a value is looked for in names.
func word(s string) string { return strings.ReplaceAll(bare(s), "/", "") }

// stem is a file's name without its extension.
func stem(name string) string { return strings.TrimSuffix(name, rawExt(name)) }

func rawExt(name string) string {
	if text.PlainExt(name) == "" {
		return ""
	}
	return path.Ext(name)
}

// noises are what senders and systems add to names: they say nothing of whose the file is. Longest first where one
// begins another.
var noises = words(`终稿 定稿 最终版 最终稿 最终 修改版 修改稿 修改 新版 旧版 初稿 正稿 成稿 底稿 原图 原稿 原件 原版 副本 复制 扫描件 扫描 照片 图片 视频 音频 文档 文件 高清 标清 压缩
 作品 作者 姓名 名称 标题 题目 题 学生 同学 老师 教师 指导 指导教师 指导老师 单位 学校 编号 序号 第 幅 张 组照 组图 之 共 报送 上报 提交 上交 参赛 参评 投稿 征集 附件 新建 微信 微信图片 正面 背面
 关于 说明 局部 全图 全景 细节 小学组 中学组 初中组 高中组 成人组 老年组 少年组 青年组 班 年级 版 改 新 的 及 和 副 件 号 copy final new img dsc dscn dscf pic image photo scan wechat mmexport screenshot
 video vid mov v ver version no doc docx jpg jpeg png mp4 pdf`)

func words(s string) []string { return strings.Fields(s) }

// core is a bare stem without noise at its end and without the number that tells the parts of a series apart.
func core(name string) string {
	s := []rune(bare(stem(name)))
	for {
		n := len(s)
		for len(s) > 0 && (isDigit(s[len(s)-1]) || strings.ContainsRune("一二三四五六七八九十上中下", s[len(s)-1]) && len(s) > 2) {
			s = s[:len(s)-1]
		}
		for _, w := range noises {
			if t, ok := strings.CutSuffix(string(s), w); ok {
				s = []rune(t)
			}
		}
		if len(s) == n {
			return string(s)
		}
	}
}

// anywhere takes a word unless it cuts a number in two.
func anywhere(text []rune, from, to int) bool {
	return !(from > 0 && isDigit(text[from]) && isDigit(text[from-1])) &&
		!(to < len(text) && isDigit(text[to]) && isDigit(text[to-1]))
}

// alone takes a word with no Latin letter or digit at its sides.
func alone(text []rune, from, to int) bool {
	return (from == 0 || !isLatin(text[from-1])) && (to == len(text) || !isLatin(text[to]))
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLatin(r rune) bool { return isDigit(r) || isABC(r) }

func isABC(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// leads takes digits that number a work: at the start of a name (but not a date or class), or after a word for
// number.
func leads(text []rune, from, to int) bool {
	if !alone(text, from, to) || to < len(text) && strings.ContainsRune("年月日届班级岁.", text[to]) {
		return false
	}
	before := string(text[:from])
	for _, word := range []string{"", "编号", "作品", "no", "no.", "#", "第"} {
		if before == word || word != "" && strings.HasSuffix(before, word) {
			return true
		}
	}
	return false
}

// surnames begin a stranger's name: two to four characters by themselves that nothing in the list explains.
const surnames = `王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边`

// looksNamed reports whether text could be a person's name.
func looksNamed(text []rune) bool {
	if len(text) < 2 || len(text) > 4 {
		return false
	}
	for _, r := range text {
		if !isHan(r) {
			return false
		}
	}
	return strings.ContainsRune(surnames, text[0])
}
