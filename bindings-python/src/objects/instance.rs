//! Objects of classes that are nothing but their slots, made without a call: a call takes longer than all of the rest,
//! and large replies hold ten thousand of them. The only module with `unsafe`.

#![allow(unsafe_code)]

use std::mem;

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyTuple, PyType};

/// A class, and what puts values into its slots, in the order in which they are given.
#[derive(Debug)]
pub(crate) struct Instances {
    class: Py<PyType>,
    slots: Vec<Slot>,
}

/// A descriptor of a slot, which checks that the object is of its class, and its function.
#[derive(Debug)]
struct Slot {
    descriptor: Py<PyAny>,
    set: ffi::descrsetfunc,
}

impl Instances {
    /// Reads `(class, slots)`. None if an object of the class has room for something else.
    pub(crate) fn read(described: &Bound<'_, PyTuple>) -> PyResult<Option<Self>> {
        let class = described.get_item(0)?.cast_into::<PyType>()?;
        let slots = described.get_item(1)?;
        let slots = slots.cast::<PyTuple>()?.iter().map(Slot::of).collect::<PyResult<Vec<_>>>()?;
        let size = |class: &Bound<'_, PyAny>| class.getattr("__basicsize__")?.extract::<usize>();
        let room = size(&class)?.saturating_sub(size(class.py().get_type::<PyAny>().as_any())?);
        // What refers to it weakly may stand beside the slots.
        let known = [slots.len(), slots.len() + 1].map(|count| count * size_of::<*mut ffi::PyObject>());
        Ok(known.contains(&room).then(|| Self { class: class.unbind(), slots }))
    }

    /// An object with these values in its slots.
    pub(crate) fn made<'py>(
        &self,
        py: Python<'py>,
        values: impl Iterator<Item = Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        // SAFETY: objects of this class are their slots, which are empty at first, and are all filled below; the type is
        // alive, because it is held here. What comes back is new and ours, or null with an error set.
        let made = unsafe {
            let made = ffi::PyType_GenericAlloc(self.class.as_ptr().cast(), 0);
            Bound::from_owned_ptr_or_err(py, made)?
        };
        let mut values = values;
        for slot in &self.slots {
            let value = values.next().ok_or_else(|| PyTypeError::new_err("too few values for an object"))?;
            slot.put(&made, &value)?;
        }
        Ok(made)
    }

    /// The same, for a class whose objects refer to nothing that could refer to them: the collector of rings passes
    /// them by.
    pub(crate) fn made_apart<'py>(
        &self,
        py: Python<'py>,
        values: impl Iterator<Item = Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let made = self.made(py, values)?;
        // SAFETY: the object is alive, and was allocated by `PyType_GenericAlloc`: if its type takes part in the search
        // for rings, it has what the call looks at.
        unsafe {
            if ffi::PyType_HasFeature(made.get_type().as_type_ptr(), ffi::Py_TPFLAGS_HAVE_GC) != 0 {
                ffi::PyObject_GC_UnTrack(made.as_ptr().cast());
            }
        }
        Ok(made)
    }
}

impl Slot {
    fn of(descriptor: Bound<'_, PyAny>) -> PyResult<Self> {
        // SAFETY: the type is alive as long as its object is. What is at this place of a type is such a function or
        // null, which is what `Option` of a function is.
        let set: Option<ffi::descrsetfunc> = unsafe {
            let set = ffi::PyType_GetSlot(descriptor.get_type().as_type_ptr(), ffi::Py_tp_descr_set);
            mem::transmute(set)
        };
        let set = set.ok_or_else(|| PyTypeError::new_err("this is no slot"))?;
        Ok(Self { descriptor: descriptor.unbind(), set })
    }

    fn put<'py>(&self, object: &Bound<'py, PyAny>, value: &Bound<'py, PyAny>) -> PyResult<()> {
        // SAFETY: all three are alive during the call, and the function is that of the descriptor's own type.
        let failed = unsafe { (self.set)(self.descriptor.as_ptr(), object.as_ptr(), value.as_ptr()) };
        if failed == 0 { Ok(()) } else { Err(PyErr::fetch(object.py())) }
    }
}
