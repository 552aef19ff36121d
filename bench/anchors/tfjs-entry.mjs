// TensorFlow.js with its gradients and its two backends; bundled before use, for its modules cannot be loaded by Node as they are.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

export { tf, setWasmPaths };
