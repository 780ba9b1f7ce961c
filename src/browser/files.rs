//! Files out and in.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, DataTransfer, DragEvent, File, FileReader, HtmlAnchorElement,
    HtmlCanvasElement, HtmlImageElement, HtmlInputElement, Url,
};

use super::{body, document, is_in_field, listen, window};

/// The largest file that is read: far more than any plan.
const MAX_FILE_BYTES: f64 = 2_000_000.0;

/// What came of reading a file: its text, or a sentence why not.
pub type FileText = Result<String, &'static str>;

/// Hands the reader a file.
pub fn download(name: &str, kind: &str, content: &[u8]) {
    let Some(blob) = blob(kind, content) else { return };
    download_blob(name, &blob);
}

/// Hands the reader a drawing as a PNG, twice as large as it is in its own units. `finished` is told whether it could be done.
pub fn download_png(name: String, svg: &str, finished: impl FnOnce(bool) + 'static) {
    let mut finished = Some(finished);
    let mut done = move |drawn: bool| {
        if let Some(finished) = finished.take() {
            finished(drawn);
        }
    };
    let image = HtmlImageElement::new().ok();
    let url = blob("image/svg+xml", svg.as_bytes()).and_then(|blob| Url::create_object_url_with_blob(&blob).ok());
    let (Some(image), Some(url)) = (image, url) else { return done(false) };
    let (drawing, address) = (image.clone(), url.clone());
    let on_load = Closure::once_into_js(move |event: web_sys::Event| {
        let drawn = event.type_() == "load" && draw_png(&drawing, name).is_some();
        Url::revoke_object_url(&address).ok();
        done(drawn);
    });
    image.set_onload(Some(on_load.unchecked_ref()));
    image.set_onerror(Some(on_load.unchecked_ref()));
    image.set_src(&url);
}

fn draw_png(image: &HtmlImageElement, name: String) -> Option<()> {
    let canvas: HtmlCanvasElement = document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    let (width, height) = (image.natural_width() * 2, image.natural_height() * 2);
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, f64::from(width), f64::from(height))
        .ok()?;
    let save = Closure::once_into_js(move |blob: JsValue| {
        if let Ok(blob) = blob.dyn_into::<Blob>() {
            download_blob(&name, &blob);
        }
    });
    canvas.to_blob(save.unchecked_ref()).ok()
}

/// Reads the file that was just chosen in a file input, and lets the same one be chosen again.
pub fn read_chosen(event: &web_sys::Event, handler: impl FnOnce(FileText) + 'static) {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    if let Some(file) = input.files().and_then(|files| files.get(0)) {
        read(&file, handler);
    }
    input.set_value("");
}

/// Calls back with the text of the file that is dropped on the page, the first of several, or with a text that is dropped
/// anywhere but into a field.
pub fn on_drop(handler: impl Fn(FileText) + Clone + 'static) {
    let Some(window) = window() else { return };
    // Without this the browser leaves the page to show the file.
    listen(&window, "dragover", |event| _ = what_is_dropped(&event));
    listen(&window, "drop", move |event| {
        let Some(transfer) = what_is_dropped(&event) else { return };
        if let Some(file) = transfer.files().and_then(|files| files.get(0)) {
            read(&file, handler.clone());
        } else if let Ok(text) = transfer.get_data("text/plain")
            && !text.is_empty()
        {
            handler(Ok(text));
        }
    });
}

/// What is dragged over the page, unless it is a text for a field.
fn what_is_dropped(event: &web_sys::Event) -> Option<DataTransfer> {
    let transfer = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    let types = Reflect::get(&transfer, &"types".into()).unwrap_or_default();
    if is_in_field(event) && !Array::from(&types).iter().any(|kind| kind == "Files") {
        return None;
    }
    event.prevent_default();
    Some(transfer)
}

fn read(file: &File, handler: impl FnOnce(FileText) + 'static) {
    if file.size() > MAX_FILE_BYTES {
        return handler(Err("This file is larger than any plan: at most 2 MB."));
    }
    let Ok(reader) = FileReader::new() else { return handler(Err("This browser cannot read files.")) };
    let source = reader.clone();
    let on_end = Closure::once_into_js(move || {
        let text = source.result().ok().and_then(|text| text.as_string());
        handler(text.ok_or("This file could not be read."));
    });
    reader.set_onloadend(Some(on_end.unchecked_ref()));
    reader.read_as_text(file).ok();
}

fn blob(kind: &str, content: &[u8]) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(content)), &options).ok()
}

fn download_blob(name: &str, blob: &Blob) {
    let link = document().and_then(|document| document.create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok());
    let url = Url::create_object_url_with_blob(blob).ok();
    let (Some(link), Some(url), Some(body)) = (link, url, body()) else { return };
    link.set_href(&url);
    link.set_download(name);
    body.append_child(&link).ok();
    link.click();
    link.remove();
    // The download has its own hold on the blob once it has begun; give it a while.
    super::clock::after(
        60_000,
        Box::new(move || {
            Url::revoke_object_url(&url).ok();
        }),
    );
}
