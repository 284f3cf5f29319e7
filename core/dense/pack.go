package dense

import (
	"slices"
	"sync"

	"pinnlab/core/kern"
)

// A part is a matrix inside another, or the transpose of one, if flipped.
type part struct {
	data    []float64
	stride  int
	flipped bool
}

// from returns the part that begins at a row and a column. It may be empty.
func (p part) from(row, column int) part {
	if p.flipped {
		row, column = column, row
	}
	p.data = p.data[min(row*p.stride+column, len(p.data)):]
	return p
}

func (p part) at(row, column int) float64 {
	if p.flipped {
		row, column = column, row
	}
	return p.data[row*p.stride+column]
}

// pack returns factor times the m×n part as package kern has matrices, in memory
// that grows as needed. A factor of 0 gives zeros, whatever the part holds.
func (p part) pack(memory *[]float64, m, n int, factor float64) []float64 {
	s := kern.Stride[float64](n)
	*memory = slices.Grow((*memory)[:0], m*s)[:m*s]
	to := *memory
	for i := range m {
		clear(to[i*s+n : (i+1)*s])
	}
	switch {
	case factor == 0:
		clear(to)
		return to
	case p.flipped:
		for j := range n {
			for i, v := range p.data[j*p.stride:][:m] {
				to[i*s+j] = v
			}
		}
	default:
		for i := range m {
			copy(to[i*s:], p.data[i*p.stride:][:n])
		}
	}
	if factor != 1 {
		scale(to, factor)
	}
	return to
}

// unpack writes the m×n matrix back from where pack has put it.
func (p part) unpack(from []float64, m, n int) {
	s := kern.Stride[float64](n)
	for i := range m {
		row := from[i*s:][:n]
		if !p.flipped {
			copy(p.data[i*p.stride:], row)
			continue
		}
		for j, v := range row {
			p.data[j*p.stride+i] = v
		}
	}
}

func scale(x []float64, factor float64) {
	for i := range x {
		x[i] *= factor
	}
}

// buffers are the memory of one product or solve.
type buffers struct{ a, b, c, x []float64 }

// idle are those that nobody uses: a step that has been made once allocates no
// more.
var idle struct {
	sync.Mutex
	list []*buffers
}

func borrow() *buffers {
	idle.Lock()
	defer idle.Unlock()
	n := len(idle.list) - 1
	if n < 0 {
		return new(buffers)
	}
	b := idle.list[n]
	idle.list = idle.list[:n]
	return b
}

func (b *buffers) giveBack() {
	idle.Lock()
	defer idle.Unlock()
	idle.list = append(idle.list, b)
}
