package copied

import (
	"reflect"
	"testing"
	"time"

	"fayi/judging"
)

// What is handed out of what is kept must share nothing with it that can be changed: a field that is added to a work
// and not copied is found here.
func TestACopyOfAWorkSharesNothing(t *testing.T) {
	var full judging.Work
	fill(t, reflect.ValueOf(&full).Elem())
	own := Work(full)
	if !reflect.DeepEqual(own, full) {
		t.Fatalf("the copy %+v is not %+v", own, full)
	}
	if len(full.Files) == 0 || len(full.Files[0].Masks) == 0 {
		t.Fatalf("not all was filled: %+v", full)
	}
	apart(t, "work", reflect.ValueOf(own), reflect.ValueOf(full))
	if own := Work(judging.Work{}); !reflect.DeepEqual(own, judging.Work{}) {
		t.Fatalf("the copy of nothing is %+v", own)
	}
}

// fill puts something into every field.
func fill(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			t.Fatal("a time is to be thought of first: it points to its place")
		}
		for i := range v.NumField() {
			fill(t, v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(t, v.Index(0))
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(t, key)
		fill(t, value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.String:
		v.SetString("一")
	case reflect.Int, reflect.Int64:
		v.SetInt(1)
	case reflect.Float64:
		v.SetFloat(1)
	case reflect.Bool:
		v.SetBool(true)
	default:
		t.Fatalf("%s is to be thought of first", v.Type())
	}
}

// apart looks that no slice or map of one is the other's.
func apart(t *testing.T, at string, a, b reflect.Value) {
	t.Helper()
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			apart(t, at+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i))
		}
	case reflect.Slice:
		if a.Pointer() == b.Pointer() {
			t.Errorf("%s is shared", at)
			return
		}
		for i := range a.Len() {
			apart(t, at, a.Index(i), b.Index(i))
		}
	case reflect.Map:
		if a.Pointer() == b.Pointer() {
			t.Errorf("%s is shared", at)
		}
	}
}
