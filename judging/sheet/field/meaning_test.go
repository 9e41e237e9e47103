package field

import (
	"encoding/json"
	"testing"

	"fayi/assets/headers"
)

func TestHeadersMeanWhatTheySay(t *testing.T) {
	for text, want := range map[string]Field{
		"作品名称":    Title,
		"作 品 名 称": Title,
		"3、作品名称（不超过20字）：": Title,
		"请填写作品名称":         Title,
		"*参赛作品名称":         Title,
		"作品的名称":           Title,
		"題目":              Title,
		"Title of Work":   Title,
		"作者姓名（必填）":        Author,
		"您的姓名":            Author,
		"1、您的姓名":          Author,
		"作者（限1人）":         Author,
		"姓名（学生）":          Author,
		"申报者姓名":           Author,
		"Author(s)":       Author,
		"学校(全称)":          Unit,
		"学校（填写全称）":        Unit,
		"您所在的学校":          Unit,
		"作者所在单位":          Unit,
		"學校名稱":            Unit,
		"报送单位（盖章）":        Sender,
		"填报单位":            Sender,
		"参赛单位":            Sender,
		"指导教师":            Teacher,
		"指导老师姓名（选填）":      Teacher,
		"指导老师（限1名）":       Teacher,
		"指导老师联系电话":        "teacher_phone",
		"联系电话（指导老师）":      "teacher_phone",
		"指导教师工号":          "teacher_id",
		"指导老师的手机号码":       "teacher_phone",
		"联系电话":            Phone,
		"手机号码*":           Phone,
		"聯繫電話":            Phone,
		"Phone No.":       Phone,
		"作者联系电话":          Phone,
		"参赛学生联系方式":        Phone,
		"联系人电话":           ContactPhone,
		"家长联系电话":          ContactPhone,
		"联系人":             Contact,
		"家长姓名及联系电话":       ContactBoth,
		"作品类别（单选）":        Category,
		"类 别":             Category,
		"4、请选择参赛类别":       Category,
		"作品體裁":            Form,
		"组别":              Group,
		"參賽組別":            Group,
		"组别（小学/中学）":       Group,
		"身份证号码":           IDCard,
		"作者身份证号":          IDCard,
		"身分證號":            IDCard,
		"序号":              RowNo,
		"No.":             RowNo,
		"作品编号":            Number,
		"创作说明（200字以内）":    Intro,
		"作品简介":            Intro,
		"作者简介":            "author_intro",
		"提交时间（自动）":        Meta,
		"来自IP":            Meta,
		"提交者（自动）":         Meta,
		"参赛选手所在学校全称":      Unit,
		"法治文化作品名称":        Title,
		"学校推荐意见":          None,
		"作者签名":            None,
		"是否作者本人":          None,
		"获奖作者人数":          None,
		"甲列":              None,
		"":                None,
		"学校推荐理由说明及作者单位审核意见": None,
	} {
		if got := Works().Match(text); got.Means != want {
			t.Errorf("%q: %q (%.2f), want %q", text, got.Means, got.Sure, want)
		}
	}
}

func TestEveryListedSpellingMeansItsField(t *testing.T) {
	for _, v := range []struct {
		data []byte
		voc  *Vocabulary
	}{{headers.Works, Works()}, {headers.Judges, Judges()}, {headers.Units, Units()}} {
		var list map[Field]struct{ Sure, Loose []string }
		if err := json.Unmarshal(v.data, &list); err != nil {
			t.Fatal(err)
		}
		owner := map[string]Field{}
		for f, words := range list {
			for _, w := range append(words.Sure, words.Loose...) {
				if other := owner[Fold(w)]; other != "" && other != f {
					t.Errorf("%q is both %q and %q", w, f, other)
				}
				owner[Fold(w)] = f
				if got := v.voc.Match(w); got.Means != f {
					t.Errorf("%q: %q, want %q", w, got.Means, f)
				}
			}
		}
	}
}

func TestHeadersThatCount(t *testing.T) {
	for text, want := range map[string]Meaning{
		"作者1":     {Means: Author, Order: "1"},
		"第二作者":    {Means: CoAuthor, Order: "二"},
		"指导老师（二）": {Means: Teacher, Order: "二"},
		"作者2姓名":   {Means: Author, Order: "2"},
	} {
		if got := Works().Match(text); got.Means != want.Means || got.Order != want.Order {
			t.Errorf("%q: %+v", text, got)
		}
	}
}
