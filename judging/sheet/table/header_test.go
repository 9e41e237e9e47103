package table

import (
	"encoding/json"
	"testing"

	"fayi/assets/headers"
)

func TestHeadersMeanWhatTheySay(t *testing.T) {
	for text, want := range map[string]Field{
		"作品名称":    FieldTitle,
		"作 品 名 称": FieldTitle,
		"3、作品名称（不超过20字）：": FieldTitle,
		"请填写作品名称":         FieldTitle,
		"*参赛作品名称":         FieldTitle,
		"作品的名称":           FieldTitle,
		"題目":              FieldTitle,
		"Title of Work":   FieldTitle,
		"作者姓名（必填）":        FieldAuthor,
		"您的姓名":            FieldAuthor,
		"1、您的姓名":          FieldAuthor,
		"作者（限1人）":         FieldAuthor,
		"姓名（学生）":          FieldAuthor,
		"申报者姓名":           FieldAuthor,
		"Author(s)":       FieldAuthor,
		"学校(全称)":          FieldUnit,
		"学校（填写全称）":        FieldUnit,
		"您所在的学校":          FieldUnit,
		"作者所在单位":          FieldUnit,
		"學校名稱":            FieldUnit,
		"报送单位（盖章）":        FieldSender,
		"填报单位":            FieldSender,
		"参赛单位":            FieldSender,
		"指导教师":            FieldTeacher,
		"指导老师姓名（选填）":      FieldTeacher,
		"指导老师（限1名）":       FieldTeacher,
		"指导老师联系电话":        "teacher_phone",
		"联系电话（指导老师）":      "teacher_phone",
		"指导教师工号":          "teacher_id",
		"指导老师的手机号码":       "teacher_phone",
		"联系电话":            FieldPhone,
		"手机号码*":           FieldPhone,
		"聯繫電話":            FieldPhone,
		"Phone No.":       FieldPhone,
		"作者联系电话":          FieldPhone,
		"参赛学生联系方式":        FieldPhone,
		"联系人电话":           FieldContactPhone,
		"家长联系电话":          FieldContactPhone,
		"联系人":             FieldContact,
		"家长姓名及联系电话":       FieldContactBoth,
		"作品类别（单选）":        FieldCategory,
		"类 别":             FieldCategory,
		"4、请选择参赛类别":       FieldCategory,
		"作品體裁":            FieldForm,
		"组别":              FieldGroup,
		"參賽組別":            FieldGroup,
		"组别（小学/中学）":       FieldGroup,
		"身份证号码":           FieldIDCard,
		"作者身份证号":          FieldIDCard,
		"身分證號":            FieldIDCard,
		"序号":              FieldRowNo,
		"No.":             FieldRowNo,
		"作品编号":            FieldNumber,
		"创作说明（200字以内）":    FieldIntro,
		"作品简介":            FieldIntro,
		"作者简介":            "author_intro",
		"提交时间（自动）":        fieldMeta,
		"来自IP":            fieldMeta,
		"提交者（自动）":         fieldMeta,
		"参赛选手所在学校全称":      FieldUnit,
		"法治文化作品名称":        FieldTitle,
		"学校推荐意见":          FieldNone,
		"作者签名":            FieldNone,
		"是否作者本人":          FieldNone,
		"获奖作者人数":          FieldNone,
		"甲列":              FieldNone,
		"":                FieldNone,
		"学校推荐理由说明及作者单位审核意见": FieldNone,
	} {
		if got := works().match(text); got.field != want {
			t.Errorf("%q: %q (%.2f), want %q", text, got.field, got.confidence, want)
		}
	}
}

func TestEveryListedSpellingMeansItsField(t *testing.T) {
	for _, v := range []struct {
		data []byte
		voc  *vocabulary
	}{{headers.Works, works()}, {headers.Judges, judges()}} {
		var list map[Field]struct{ Sure, Loose []string }
		if err := json.Unmarshal(v.data, &list); err != nil {
			t.Fatal(err)
		}
		owner := map[string]Field{}
		for f, words := range list {
			for _, w := range append(words.Sure, words.Loose...) {
				if other := owner[foldHeader(w)]; other != "" && other != f {
					t.Errorf("%q is both %q and %q", w, f, other)
				}
				owner[foldHeader(w)] = f
				if got := v.voc.match(w); got.field != f {
					t.Errorf("%q: %q, want %q", w, got.field, f)
				}
			}
		}
	}
}

func TestHeadersThatCount(t *testing.T) {
	for text, want := range map[string]meaning{
		"作者1":     {field: FieldAuthor, order: "1"},
		"第二作者":    {field: FieldCoAuthor, order: "二"},
		"指导老师（二）": {field: FieldTeacher, order: "二"},
		"作者2姓名":   {field: FieldAuthor, order: "2"},
	} {
		if got := works().match(text); got.field != want.field || got.order != want.order {
			t.Errorf("%q: %+v", text, got)
		}
	}
}
