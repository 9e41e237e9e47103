package gallery

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Thumb is a small picture in a frame of fixed size, or a shape standing for what has none.
type Thumb struct {
	lay.Box

	frame *canvas.Rectangle
	image *canvas.Image
	icon  *widget.Icon
	shape fyne.Resource
}

// NewThumb returns an empty frame of w by h, in device-independent pixels.
func NewThumb(w, h float32) *Thumb {
	t := &Thumb{
		frame: canvas.NewRectangle(theme.Color(theme.ColorNameHeaderBackground)),
		image: canvas.NewImageFromImage(nil),
		icon:  widget.NewIcon(nil),
	}
	t.frame.StrokeColor, t.frame.StrokeWidth, t.frame.CornerRadius = theme.Color(
		theme.ColorNameSeparator,
	), 1, look.Radius/2
	t.frame.SetMinSize(fyne.NewSize(w, h))
	t.image.FillMode = canvas.ImageFillContain
	t.image.Hide()
	t.Content = container.NewStack(t.frame, container.NewCenter(t.icon), lay.Inset(1, t.image))
	t.ExtendBaseWidget(t)
	return t
}

// Set shows img; nil shows the shape again.
func (t *Thumb) Set(img image.Image) {
	if t.image.Image == img {
		return
	}
	t.image.Image = img
	t.image.Hidden = img == nil
	t.icon.Hidden = img != nil
	t.image.Refresh()
	t.Refresh()
}

// SetShape sets what stands for a picture that is not there.
func (t *Thumb) SetShape(icon fyne.Resource) {
	if icon == nil || t.shape == icon {
		return
	}
	t.shape = icon
	t.icon.SetResource(theme.NewColoredResource(icon, theme.ColorNamePlaceHolder))
}

// Mark draws the frame in the colour of tone, thicker; Plain draws it thin.
func (t *Thumb) Mark(tone look.Tone) {
	t.frame.StrokeColor, t.frame.StrokeWidth = theme.Color(theme.ColorNameSeparator), 1
	if tone != look.Plain {
		t.frame.StrokeColor, t.frame.StrokeWidth = tone.Color(), 3
	}
	t.frame.Refresh()
}

// FileShape stands for a file that is not drawn, by the kind that judging/filetype names.
func FileShape(kind string) fyne.Resource {
	switch kind {
	case "picture":
		return theme.FileImageIcon()
	case "video":
		return theme.FileVideoIcon()
	case "audio":
		return theme.FileAudioIcon()
	case "text", "document":
		return theme.FileTextIcon()
	}
	return theme.FileIcon()
}
