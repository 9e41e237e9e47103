package table

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fayi/assets/headers"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/sheettest"
)

// However columns are called, decorated and ordered, and whatever stands above them, the same works come out.
func TestWorksComeOutWhateverTheFormLooksLike(t *testing.T) {
	var list map[field.Field]struct{ Sure []string }
	if err := json.Unmarshal(headers.Works, &list); err != nil {
		t.Fatal(err)
	}
	values := map[field.Field][]string{
		field.Title:    {"守法", "普法故事"},
		field.Author:   {"甲某、乙某", "丙某某"},
		field.Category: {"书法", "绘画类"},
		field.Group:    {"小学组", "成人组"},
		field.Unit:     {"某某小学", "某某局"},
		field.Teacher:  {"丁某", "无"},
		field.Phone:    {"13800138000", "0518-88888888"},
		field.Intro:    {"一段话。", "又一段话。"},
		field.RowNo:    {"1", "2"},
		field.Email:    {"a@example.org", ""},
	}
	want := []string{"标题=守法 类=书法 组=小学组 作者=甲某+乙某 单位=某某小学 指导=丁某 电话=13800138000 邮箱=a@example.org 简介=一段话。",
		"标题=普法故事 类=绘画 组=成人组 作者=丙某某 单位=某某局 电话=0518-88888888 简介=又一段话。"}
	rapid.Check(t, func(rt *rapid.T) {
		order := rapid.Permutation([]field.Field{
			field.Title, field.Author, field.Category, field.Group, field.Unit, field.Teacher, field.Phone, field.Intro,
			field.RowNo, field.Email,
		}).Draw(rt, "order")
		above := rapid.SliceOfN(
			rapid.SampledFrom([]string{"", "某县法治文化作品征集汇总表", "附件2", "注：请如实填写。", "2020年5月12日"}), 0, 4,
		).Draw(rt, "above")
		var out strings.Builder
		w := csv.NewWriter(&out)
		for _, s := range above {
			_ = w.Write([]string{s, "", ""})
		}
		rows := make([][]string, 3)
		for i, f := range order {
			word := rapid.SampledFrom(list[f].Sure).Draw(rt, string(f))
			rows[0] = append(rows[0], decorated(rt, word, i))
			rows[1], rows[2] = append(rows[1], values[f][0]), append(rows[2], values[f][1])
		}
		_ = w.WriteAll(rows)
		r := readWorks(t, sheettest.TextFile(t, "表.csv", out.String()), mapping.Options{})
		var got []string
		for _, b := range briefs(r.rows) {
			_, b, _ = strings.Cut(b, " ")
			got = append(got, b)
		}
		if !slices.Equal(got, want) {
			rt.Fatalf("%s\ngot %s\n%+v", out.String(), strings.Join(got, "\n"), r.mappings)
		}
	})
}

// decorated writes a header as forms do.
func decorated(t *rapid.T, word string, i int) string {
	switch rapid.IntRange(0, 6).Draw(t, fmt.Sprint("decoration", i)) {
	case 1:
		return fmt.Sprintf("%d、%s", i+1, word)
	case 2:
		return word + "（必填）"
	case 3:
		return "*" + word + "："
	case 4:
		r := []rune(word)
		return string(r[:1]) + " " + string(r[1:])
	case 5:
		r := []rune(word)
		return string(r[:len(r)/2]) + "\n" + string(r[len(r)/2:])
	case 6:
		return fmt.Sprintf("%d. %s [必填]", i+1, word)
	}
	return word
}
