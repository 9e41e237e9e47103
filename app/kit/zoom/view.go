package zoom

import (
	"fyne.io/fyne/v2"

	"fayi/app/kit/look"
)

// View is how a picture is looked at. It can be kept for the next one. The zero View shows all of it.
type View struct {
	Wide  bool    // as wide as its room, to be read downwards
	Scale float64 // pixels of the screen to one of the picture; 0 shows all of it, or is unused if Wide
}

// View returns how the picture is looked at.
func (z *Zoom) View() View {
	switch {
	case z.fitted:
		return View{}
	case z.wide:
		return View{Wide: true}
	}
	return View{Scale: z.scale}
}

// Look looks at the picture as v says, from its top.
func (z *Zoom) Look(v View) {
	z.fitted, z.wide = !v.Wide && v.Scale == 0, v.Wide
	if z.pic != nil && !z.fitted {
		if v.Scale > 0 {
			z.scale = min(v.Scale, zoomLimit)
		}
		z.cx, z.cy = z.pic.w/2, 0
	}
	z.changed()
}

// Wide reports whether the picture is as wide as its room.
func (z *Zoom) Wide() bool { return z.wide && !z.fitted }

// width is the scale at which the picture is as wide as its room.
func (z *Zoom) width() float64 {
	if z.seen.X == 0 {
		return 1
	}
	return min(float64(z.seen.X)/z.pic.w, fitLimit)
}

// readOn is the part of what is seen by which Read goes on.
const readOn = 0.9

// Read goes on by nearly what is seen, down or, with by below 0, up, and reports whether there was more to see.
func (z *Zoom) Read(by float64) bool {
	if z.pic == nil || z.fitted || z.scale == 0 {
		return false
	}
	before := z.cy
	z.cy += by * readOn * float64(z.seen.Y) / z.scale
	z.settle()
	if z.cy == before {
		return false
	}
	z.changed()
	return true
}

// End goes to the lower end of the picture.
func (z *Zoom) End() {
	if z.pic != nil && !z.fitted {
		z.cy = z.pic.h
		z.changed()
	}
}

// turned scrolls a picture that is read downwards. At its end OnEnd is asked to go on.
func (z *Zoom) turned(e *fyne.ScrollEvent) {
	before := z.cy
	if z.scale > 0 && z.Size().Width > 0 {
		z.cy -= float64(e.Scrolled.DY*look.Turn()) * float64(z.seen.X) / float64(z.Size().Width) / z.scale
	}
	z.settle()
	if z.cy == before && z.OnEnd != nil {
		by := 1
		if e.Scrolled.DY > 0 {
			by = -1
		}
		z.OnEnd(by)
		return
	}
	z.changed()
}
