package form

import (
	"fayi/app/kit/field"
)

// commentLimit is the most characters of a comment. Fyne's field gets slow beyond.
const commentLimit = 2000

// comment is a field of several lines that Tab leaves, as it leaves every other field.
type comment struct {
	field.Entry

	left func() // the cursor went elsewhere
}

func newComment() *comment {
	c := &comment{}
	c.Lines(3)
	c.Extend(c)
	return c
}

// FocusLost calls left.
func (c *comment) FocusLost() {
	c.Entry.FocusLost()
	if c.left != nil {
		c.left()
	}
}

// write replaces the text without reporting a change.
func (c *comment) write(text string) {
	told := c.OnChanged
	c.OnChanged = nil
	c.SetText(text)
	c.OnChanged = told
}
