package report

import (
	"testing"
	"time"

	"fayi/judging"
)

func TestTheDateOfCertificatesIsReadAsPeopleWriteIt(t *testing.T) {
	now := time.Date(2026, 11, 29, 9, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"": "2026年11月29日", "  ": "2026年11月29日", "2026年9月1日": "2026年9月1日", "2026.9.1": "2026年9月1日",
		"2026/09/01": "2026年9月1日", "9月1日": "2026年9月1日", "２０２６年９月１日": "2026年9月1日", "20260901": "2026年9月1日",
		"2026年09月": "2026年9月", "二〇二六年九月": "二〇二六年九月", "二〇二六年十月三十一日": "二〇二六年十月三十一日",
		"二○二六年十二月十日": "二○二六年十二月十日", " 二〇二六年 九月 ": "二〇二六年九月",
	} {
		if got, err := certificateDate(text, now); err != nil || got != want {
			t.Errorf("%q: %q %v, want %q", text, got, err, want)
		}
	}
	for _, text := range []string{
		"下周三", "2026-13-45", "2026年13月", "2026年0月", "二〇二六年十三月", "二〇二六年二月三十日", "二〇二六年九月三十二日", "二〇二六年十月九九日",
		"九月", "今天", "2026",
	} {
		if got, err := certificateDate(text, now); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
}
