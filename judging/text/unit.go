package text

import (
	"regexp"
	"slices"
	"strings"
)

// Words by which units are shortened, and what is left of a unit when it names none.
var (
	regions   = regexp.MustCompile(`^.*?(?:省|自治区|市|自治县|县|区|旗)`)
	numbered  = regexp.MustCompile(`第([一二三四五六七八九十]+)(?:初级|高级)?(中|小)学校?$`)
	bracketed = regexp.MustCompile(`[(（\[【].*?[)）\]】]`)
	middle    = regexp.MustCompile(`(镇|乡|街道|村)`)
	generic   = []string{"中学", "小学", "学校", "中心小学", "中心学校", "中心校", "实验小学", "实验中学", "实验学校", "初级中学", "高级中学", "中等职业学校",
		"职业中学", "幼儿园", "中心幼儿园", "司法局", "司法所", "文化馆", "文化站", "教育局", "人民政府", "人民法院", "人民检察院", "公安局", "派出所",
		"法院", "检察院", "特殊教育学校", "第一中学", "第二中学", "第三中学", "第四中学", "第五中学", "第一小学", "第二小学", "第三小学", "一中", "二中",
		"三中", "四中", "五中", "一小", "二小", "三小", "居委会", "村委会", "社区", "个人", "无", "老年大学", "融媒体中心"}
)

// UnitForms lists how a unit, folded, is called: whole, without the regions above it, with its number short, without
// the kind of its place.
func UnitForms(unit string) []string {
	if slices.Contains(generic, unit) {
		return nil
	}
	forms := []string{unit, bracketed.ReplaceAllString(unit, "")}
	for tail := forms[1]; ; {
		cut := regions.FindString(tail)
		if cut == "" {
			break
		}
		place := strings.TrimRight(cut, "省市县区旗")
		tail = strings.TrimPrefix(tail, cut)
		forms = append(forms, tail)
		if len([]rune(place)) >= 2 {
			forms = append(forms, place+tail)
		}
	}
	for _, f := range forms {
		short := middle.ReplaceAllString(f, "")
		for _, f := range []string{f, short} {
			if m := numbered.FindStringSubmatch(f); m != nil {
				forms = append(forms, strings.TrimSuffix(f, m[0])+m[1]+m[2])
			}
			forms = append(forms, f, strings.Replace(f, "中心小学", "小学", 1), strings.Replace(f, "中心小学", "中心校", 1))
		}
	}
	return slices.DeleteFunc(forms, func(f string) bool {
		return slices.Contains(generic, f) || len([]rune(f)) < 4 && f != unit
	})
}

// NearNames reports whether two lists of names may mean the same people, one of them miswritten: as many names on
// both, and each pair equal or, of two characters or more, different in one character.
func NearNames(a, b []string) bool {
	if len(a) != len(b) || len(a) == 0 {
		return false
	}
	for i := range a {
		if !nearName([]rune(Fold(a[i])), []rune(Fold(b[i]))) {
			return false
		}
	}
	return true
}

// nearName reports whether two folded names differ in at most one character, put in, left out or another.
func nearName(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 2 || len(b)-len(a) > 1 {
		return slices.Equal(a, b)
	}
	at := 0
	for at < len(a) && a[at] == b[at] {
		at++
	}
	if len(a) < len(b) {
		return slices.Equal(a[at:], b[at+1:])
	}
	return at == len(a) || slices.Equal(a[at+1:], b[at+1:])
}
