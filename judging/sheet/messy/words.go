package messy

import (
	"fmt"
	"slices"
	"strings"
)

var (
	surnames = strings.Split("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜", "")
	given    = strings.Fields("一鸣 小雨 国强 丽 文博 思远 子涵 建军 雅静 浩然 欣怡 明 婷婷 志 海燕 俊杰 春梅 玉 雪 立新")
	titles   = strings.Fields("守护 宪法伴我行 法在身边 清风 正义的天平 我与民法典 家风 晨光里的普法车 规矩 诚信 无题 大山里的法庭 " +
		"校园拒绝欺凌 公平 小学生的一天 法治中国，你我同行 老师，您好 一枚公章 学校门口的红绿灯 第一课 《宪法》在我心中 110来电 合计一下")
	schools = strings.Fields("示例县第一小学 示例县城关中学 河西镇实验幼儿园 示例县职业技术学校 示例县第二中学 青山乡中心小学")
	offices = strings.Fields("示例县司法局 河西镇人民政府 示例县文化馆 示例县人民法院 青山乡人民政府")

	// Categories and Groups are those that the rules of a contest read by must know.
	Categories = []string{"书法", "绘画", "摄影", "征文"}
	Groups     = []string{"小学组", "初中组", "高中组", "成人组"}
)

// heads are the ways to call a column, the plainest first.
var heads = map[string][]string{
	"no": {"序号", "No.", "序号 No.", "序 号"},
	"title": {
		"作品名称", "作品题目", "作品名称（必填）", "作品名称 Title", "*作品名称", "1、作品名称", "作品标题：", "参赛作品名称", "作品\n名称", "作 品 名 称",
	},
	"author": {
		"作者", "作者姓名", "姓名", "作者（限3人）", "作者 Author", "作者姓名（集体作品按贡献排序，最多填写三位，超过的只取前三位，请用顿号隔开，" +
			"提交后不再修改，证书照此打印）", "参赛者姓名", "创作者",
	},
	"leader":   {"队长", "组长", "团队负责人", "第一作者"},
	"members":  {"团队成员", "其他作者", "合作者", "其他成员"},
	"unit":     {"单位", "学校", "作者单位", "工作单位", "学校名称", "所在单位（全称）", "所在学校", "单位/学校"},
	"sender":   {"报送单位", "选送单位", "推荐单位", "推送单位"},
	"category": {"类别", "作品类别", "类别（书法/绘画/摄影）", "作品类别 Category", "参赛类别"},
	"group":    {"组别", "参赛组别", "组 别"},
	"phone":    {"联系电话", "电话", "手机号码", "联系方式", "作者联系电话"},
	"teacher":  {"指导教师", "指导老师", "辅导教师", "指导教师姓名"},
	"source":   {"素材来源", "创作灵感来源"},
	"size":     {"尺寸", "作品规格"},
	"remark":   {"备注", "备 注"},
	"number":   {"作品编号", "报送编号"},
	"intro":    {"作品简介", "创作说明", "内容简介"},
	"sex":      {"性别"},
	"class":    {"班级", "年级班级"},
	"t_phone":  {"指导教师电话", "指导老师联系电话"},
	"nation":   {"民族"},
	"age":      {"年龄"},
	"post":     {"职务", "职称", "职务/职称"},
	"id":       {"身份证号", "身份证号码"},
	"mail":     {"电子邮箱", "邮箱"},
	"level":    {"初评等次", "推荐等级", "初评成绩"},
	"blank":    {""},
	"unnamed":  {""},
}

// english are heads in English alone.
var english = map[string][]string{
	"no": {"No.", "No"}, "title": {"Title", "Title of Work"}, "author": {"Author", "Author(s)"},
	"unit": {"School", "Unit"}, "category": {"Category"}, "group": {"Group"}, "phone": {"Phone", "Tel"},
	"teacher": {"Teacher", "Instructor"}, "remark": {"Remarks"}, "intro": {"Introduction"},
}

func (c *composer) odds(percent int) bool { return c.r.IntN(100) < percent }

func (c *composer) pick(list ...string) string { return list[c.r.IntN(len(list))] }

func (c *composer) name() string { return surnames[c.r.IntN(len(surnames))] + c.pick(given...) }

// names returns one to three different names; several of them with the odds.
func (c *composer) names(several int) []string {
	list := []string{c.name()}
	for c.odds(several) && len(list) < 3 {
		if n := c.name(); !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list
}

func (c *composer) phone() string { return fmt.Sprintf("138%08d", c.r.IntN(1e8)) }

func (c *composer) unit() string {
	if c.odds(70) {
		return c.pick(schools...)
	}
	return c.pick(offices...)
}

// writtenNames writes several names in one cell, the ways people do.
func (c *composer) writtenNames(names []string) string {
	if len(names) == 1 {
		if c.odds(5) {
			return names[0] + c.pick("（组长）", "（男）", "(三年级2班)", "同学", "（执笔）")
		}
		if r := []rune(names[0]); len(r) == 2 && c.odds(20) {
			return string(r[0]) + c.pick(" ", "  ", "　") + string(r[1])
		}
		return names[0]
	}
	switch c.r.IntN(6) {
	case 0:
		return strings.Join(names, c.pick(" ", "  ", "　"))
	case 1:
		out := ""
		for i, n := range names {
			out += fmt.Sprintf("%d.%s ", i+1, n)
		}
		return strings.TrimSpace(out)
	case 2:
		return strings.Join(names, c.pick("，", "/", ";", "\n", ","))
	case 3:
		return names[0] + "（组长）、" + strings.Join(names[1:], "、")
	}
	return strings.Join(names, "、")
}

// spelledPhone writes a telephone number, the ways people do.
func (c *composer) spelledPhone(p string) string {
	return c.pick(p, p, p[:3]+"-"+p[3:7]+"-"+p[7:], p[:3]+" "+p[3:7]+" "+p[7:])
}
